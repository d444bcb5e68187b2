import { describe, expect, test } from 'vitest'
import { Objection } from '#workstation/inference/packages/objection.ts'
import { readYaml } from '#workstation/inference/packages/read-yaml.ts'

function objection(text: string): string {
  try {
    readYaml(text)
  } catch (cause) {
    if (cause instanceof Objection) return `${cause.kind}: ${cause.message}`
    throw cause
  }
  throw new Error('it was taken')
}

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghi'].map((name, i) => {
    const before = `*${'abcdefgh'[i]}`
    return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`
  }),
].join('\n')

describe('a description as YAML', () => {
  test('dates and versions stay texts, and a name stays a name', () => {
    const { value } = readYaml(
      '%YAML 1.2\n---\nwhen: 2019-12-11T12:22:32Z\nversion: 0.4.0\nyes: no\n',
    )
    expect(value).toEqual(
      new Map([
        ['when', '2019-12-11T12:22:32Z'],
        ['version', '0.4.0'],
        ['yes', 'no'],
      ]),
    )
  })

  test('an anchor may be used a few times', () => {
    expect(readYaml('a: &a [1]\nb: *a\nc: *a').value).toEqual(
      new Map([...'abc'].map(name => [name, [1]])),
    )
  })

  const large = 60_000
  test.each<readonly [string, () => string, RegExp]>([
    ['an alias bomb', () => bomb, /refused: the description is made to exhaust its reader/],
    [
      'many aliases',
      () => `a: &a [1]\nb: [${'*a, '.repeat(12_000)}]`,
      /has 12001 anchors, aliases and tags; allowed: 1000/,
    ],
    ['brackets in brackets', () => `a: ${'['.repeat(large)}`, /refused: the description is nested/],
    [
      'braces in braces',
      () => `a: ${'{a: '.repeat(large / 4)}`,
      /refused: the description is nested/,
    ],
    [
      'lists in lists',
      () => `a:\n  ${'- '.repeat(large / 2)}x`,
      /refused: the description is nested/,
    ],
    [
      'maps in maps',
      () => Array.from({ length: 330 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /refused: the description is nested/,
    ],
    [
      '65 brackets',
      () => `a: ${'['.repeat(65)}${']'.repeat(65)}`,
      /refused: the description is nested deeper than 64/,
    ],
    [
      'a prototype',
      () => '__proto__: { polluted: true }',
      /refused: the description has a field named __proto__/,
    ],
    ['a prototype further in', () => 'a: [{ b: { __proto__: 1 } }]', /refused.*__proto__/],
    ['a name twice', () => 'name: a\nname: b', /invalid: the name name occurs twice in one map/],
    ['two documents', () => 'a: 1\n---\nb: 2', /invalid: not readable as YAML/],
    ['a list', () => '- a', /invalid: the description is not a map/],
    ['nothing', () => '', /invalid: the description is not a map/],
    ['a quote that stays open', () => 'a: "b', /invalid: not readable as YAML/],
    ['an alias to nothing', () => 'a: *b', /invalid|refused/],
    ['a tag of another language', () => 'a: !!python/object/apply:os.system [x]', /a/],
    [
      'two million characters',
      () => 'a'.repeat(2_000_000),
      /refused: the description has 2000000 characters; allowed: 65536/,
    ],
    ['many question marks', () => '? '.repeat(large / 2), /refused: the description is nested/],
    [
      'many anchors',
      () => Array.from({ length: 6_000 }, (_, i) => `- &a${i} x`).join('\n'),
      /refused: the description has 6000 anchors, aliases and tags/,
    ],
    [
      'many names, the last of which is the first',
      () => [...Array.from({ length: 8_000 }, (_, i) => `k${i}:`), 'k0:'].join('\n'),
      /invalid: the name k0 occurs twice in one map/,
    ],
    [
      'many names in braces',
      () => `{${Array.from({ length: 8_000 }, (_, i) => `k${i}`).join(',')}, k0}`,
      /invalid: the name k0 occurs twice in one map/,
    ],
    [
      'many lines of one text',
      () => `a: "${'\\n\n'.repeat(20_000)}`,
      /invalid: not readable as YAML/,
    ],
    ['many comments', () => `${'#\n'.repeat(30_000)}- a`, /invalid: the description is not a map/],
    ['many tags', () => `${'!a '.repeat(20_000)}x`, /refused: the description has 20000 anchors/],
    ['many empty tags', () => `${'! '.repeat(30_000)}x`, /invalid/],
    ['many dashes', () => `${'- a: '.repeat(12_000)}`, /invalid|refused/],
    ['many commas', () => `a: [${','.repeat(60_000)}]`, /invalid/],
    ['many colons', () => `a: {${': '.repeat(30_000)}}`, /invalid|refused/],
    ['many pipes', () => `${'| '.repeat(30_000)}x`, /invalid/],
    ['many errors', () => `${'%'.repeat(1000)}\n`.repeat(60), /invalid/],
    ['many quotes', () => `a: ['${"','".repeat(20_000)}`, /invalid/],
  ])('%s, within 10 s and 300 MB', (name, text, message) => {
    const source = text()
    const before = performance.now()
    const memory = process.memoryUsage().rss
    if (name === 'a tag of another language') {
      // The tag is dropped: what is left is a list, and nothing is called.
      expect(readYaml(source).value).toEqual(new Map([['a', ['x']]]))
    } else expect(objection(source)).toMatch(message)
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(process.memoryUsage().rss - memory).toBeLessThan(300 * 2 ** 20)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
