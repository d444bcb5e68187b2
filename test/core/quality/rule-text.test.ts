import { describe, expect, test } from 'vitest'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { metricText, numberText, reasonText, ruleText } from '#core/quality/rule-text.ts'
import { defaultQuality, QualityRule } from '#core/quality/rules.ts'

describe('ruleText', () => {
  test('says every default rule in words', () => {
    expect(defaultQuality.rules.map(ruleText).join('\n')).toMatchInlineSnapshot(`
      "Fails as out of focus when edge sharpness is below 0.07. Cannot judge (blank) when spread of intensity is below 1e−9. Cannot judge (empty field) when foreground fraction is below 0.0005. Cannot judge (empty field) when edge fraction is below 0.0005. Cannot judge (no clear edges) when it could not be measured.
      Fails as partly out of focus when blurred share of edges is above 0.1. Only for channels that show nuclei. Cannot judge (out of focus) when edge sharpness is below 0.07.
      Fails as blurred by movement when edge anisotropy is above 0.4.
      Fails as saturated when saturated fraction is above 0.002.
      Fails as unevenly lit when unevenness of illumination is above 0.7.
      Fails as less sharp than the baseline when edge sharpness is more than 6 robust standard deviations below the channel’s baseline. Says nothing about a channel without a baseline.
      Fails as darker than the baseline when background level is more than 8 robust standard deviations below the channel’s baseline. Says nothing about a channel without a baseline.
      Fails as brighter than the baseline when background level is more than 8 robust standard deviations above the channel’s baseline. Says nothing about a channel without a baseline."
    `)
  })

  test('reads a rule that a recipe made up', () => {
    const rule = QualityRule.parse({
      metric: 'MaxIntensity',
      roles: ['cell'],
      fails: 'above',
      limit: 0.00002,
      reason: 'pen-mark',
    })
    expect(ruleText(rule)).toBe(
      'Fails as pen mark when maximum intensity is above 2e−5. Only for channels that show cells.',
    )
  })
})

test.each([
  ['above', 8, 'more than 8 robust standard deviations above'],
  ['below', 8, 'less than 8 robust standard deviations above'],
  ['above', -6, 'less than 6 robust standard deviations below'],
  ['below', 0, 'below'],
] as const)('says a deviation that fails %s %s', (fails, limit, words) => {
  const rule = { metric: 'background_level', of: 'deviation', fails, limit, reason: 'dark' }
  expect(ruleText(QualityRule.parse(rule))).toBe(
    `Fails as dark when background level is ${words} the channel’s baseline. Says nothing about a channel without a baseline.`,
  )
})

test('has words of its own for every reason that the default recipe gives', () => {
  const reasons = defaultQuality.rules.flatMap(rule => [
    rule.reason,
    ...rule.needs.map(need => need.otherwise),
    ...(rule.otherwise === null ? [] : [rule.otherwise]),
  ])
  expect(Object.fromEntries(new Set(reasons.map(reason => [reason, reasonText(reason)]))))
    .toMatchInlineSnapshot(`
    {
      "blank": "blank",
      "brighter-than-baseline": "brighter than the baseline",
      "darker-than-baseline": "darker than the baseline",
      "empty-field": "empty field",
      "less-sharp-than-baseline": "less sharp than the baseline",
      "moved": "blurred by movement",
      "no-clear-edges": "no clear edges",
      "out-of-focus": "out of focus",
      "partly-out-of-focus": "partly out of focus",
      "saturated": "saturated",
      "uneven-illumination": "unevenly lit",
    }
  `)
})

test('names every metric once, in a line that ends', () => {
  const texts = METRIC_NAMES.map(metricText)
  expect(new Set(texts.map(({ name }) => name)).size).toBe(METRIC_NAMES.length)
  for (const { meaning } of texts) expect(meaning).toMatch(/^[A-Z].{10,90}\.$/)
})

test.each([
  [0.07, '0.07'],
  [-6, '−6'],
  [0, '0'],
  [0.123456, '0.1235'],
  [54_321, '54321'],
  [54_321.25, '54320'],
  [1e-9, '1e−9'],
  [2_500_000, '2.5e6'],
  [1e7, '1e7'],
])('writes %s as %s', (value, text) => {
  expect(numberText(value)).toBe(text)
})
