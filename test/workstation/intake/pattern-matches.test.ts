import { expect, test } from 'vitest'
import { parsePattern } from '#workstation/intake/name-pattern.ts'
import {
  groupMatches,
  matchesInTime,
  refuseSlowPattern,
} from '#workstation/intake/pattern-matches.ts'
import { valueOf } from '../../support/value-of.ts'

/** The path with each group in brackets. */
function marked(text: string, path: string): string {
  const matches = groupMatches(valueOf(parsePattern(text)), path)
  return matches.map(({ name, from, to }) => `${name}=${path.slice(from, to)}`).join(' ')
}

test('says where the groups of a pattern are in a path', () => {
  const pattern = '^(?<plate>.+?)_(?<well>[A-H]\\d\\d)(?:_s(?<site>\\d))?'
  expect(marked(pattern, 'run/P_B03_s2.tif')).toBe('plate=P well=B03 site=2')
  expect(marked(pattern, 'run/P_B03.tif')).toBe('plate=P well=B03')
  expect(marked(pattern, 'run/none.tif')).toBe('')
  expect(marked('(?<plate>\\w+)/(?<well>B03)', 'run/B03.tif')).toBe('plate=run well=B03')
})

test('gives up a pattern that takes longer than anybody waits', () => {
  const slow = valueOf(parsePattern('^(?<well>(a+)+)$'))
  const began = performance.now()
  expect(matchesInTime(slow, [`${'a'.repeat(60)}!`], 100)).toBe(false)
  expect(performance.now() - began).toBeLessThan(2000)
  expect(matchesInTime(slow, ['aaa'], 100)).toBe(true)
})

test('takes a pattern that is fit on a hundred thousand names, and refuses one that is not', () => {
  const paths = Array.from({ length: 100_000 }, (_, i) => `run/P_B03_s${i}.tif`)
  const fit = valueOf(parsePattern('^(?<plate>.+)_(?<well>[A-P]\\d\\d)_s(?<site>\\d+)'))
  const before = performance.now()
  expect(refuseSlowPattern(fit, '…', paths)).toEqual({ ok: true, value: undefined })
  expect(performance.now() - before).toBeLessThan(2000)

  const naming = '^(?<well>(a+)+)$'
  const slow = valueOf(parsePattern(naming))
  const late = [...paths, `${'a'.repeat(38)}!.tif`]
  expect(refuseSlowPattern(slow, naming, late)).toMatchObject({
    ok: false,
    fault: { kind: 'bad-option', option: '--naming', value: naming },
  })
})
