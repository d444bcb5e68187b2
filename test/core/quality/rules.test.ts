import { describe, expect, test } from 'vitest'
import { measureQuality } from '#core/quality/metrics.ts'
import { defaultQuality, QualitySettings } from '#core/quality/rules.ts'

describe('quality settings', () => {
  test('have the defaults where a recipe says nothing', () => {
    expect(QualitySettings.parse({})).toEqual(defaultQuality)
    expect(defaultQuality.metrics).toEqual(measureQuality.defaults)
    expect(defaultQuality.rules.map(rule => rule.reason)).toContain('out-of-focus')
  })

  test('can be written into a recipe and read back', () => {
    expect(QualitySettings.parse(JSON.parse(JSON.stringify(defaultQuality)))).toEqual(
      defaultQuality,
    )
  })

  test.each([
    { name: 'a metric there is not', rule: { metric: 'Sharpness' } },
    { name: 'a limit that is no number', rule: { limit: '0.1' } },
    { name: 'a reason that a file name cannot carry', rule: { reason: 'Too blurred!' } },
    { name: 'a word that means nothing', rule: { fails: 'beside' } },
    { name: 'a key that means nothing', rule: { weight: 1 } },
  ])('refuse $name', ({ rule }) => {
    const good = { metric: 'edge_sharpness', fails: 'below', limit: 0.1, reason: 'blurred' }
    expect(QualitySettings.safeParse({ rules: [good] }).success).toBe(true)
    expect(QualitySettings.safeParse({ rules: [{ ...good, ...rule }] }).success).toBe(false)
  })
})
