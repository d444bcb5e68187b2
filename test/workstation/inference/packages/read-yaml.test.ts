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

  const large = 1_000_000
  test.each<readonly [string, () => string, RegExp]>([
    ['an alias bomb', () => bomb, /refused: the description is made to exhaust its reader/],
    [
      'many aliases',
      () => `a: &a [1]\nb: [${'*a, '.repeat(200_000)}]`,
      /refused: the description is made to exhaust/,
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
      () => Array.from({ length: 1300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
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
    [
      'a name twice',
      () => 'name: a\nname: b',
      /invalid: not readable as YAML: Map keys must be unique/,
    ],
    ['two documents', () => 'a: 1\n---\nb: 2', /invalid: not readable as YAML/],
    ['a list', () => '- a', /invalid: the description is not a map/],
    ['nothing', () => '', /invalid: the description is not a map/],
    ['a quote that stays open', () => 'a: "b', /invalid: not readable as YAML/],
    ['an alias to nothing', () => 'a: *b', /invalid|refused/],
    ['a tag of another language', () => 'a: !!python/object/apply:os.system [x]', /a/],
    [
      'two million characters',
      () => 'a'.repeat(2_000_000),
      /refused: the description has 2000000 characters; allowed: 1048576/,
    ],
    [
      'a million question marks',
      () => '? '.repeat(large / 2),
      /refused: the description is nested/,
    ],
    [
      'a million anchors',
      () => Array.from({ length: 60_000 }, (_, i) => `- &a${i} x`).join('\n'),
      /invalid: the description is not a map/,
    ],
  ])('%s, within 5 s and 700 MB', (name, text, message) => {
    const source = text()
    const before = performance.now()
    const memory = process.memoryUsage().rss
    if (name === 'a tag of another language') {
      // The tag is dropped: what is left is a list, and nothing is called.
      expect(readYaml(source).value).toEqual(new Map([['a', ['x']]]))
    } else expect(objection(source)).toMatch(message)
    expect(performance.now() - before).toBeLessThan(5000)
    expect(process.memoryUsage().rss - memory).toBeLessThan(700 * 2 ** 20)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
