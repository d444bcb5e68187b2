import { expect, test } from 'vitest'
import { parsePattern } from '#workstation/intake/name-pattern.ts'
import { groupMatches, matchesInTime } from '#workstation/intake/pattern-matches.ts'
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
