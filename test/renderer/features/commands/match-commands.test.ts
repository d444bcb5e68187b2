import { expect, test } from 'vitest'
import { COMMANDS } from '#contract/commands.ts'
import { matchCommands } from '../../../../src/renderer/features/commands/match-commands.ts'

const titles = (query: string): readonly string[] =>
  matchCommands(COMMANDS, query).map(({ title }) => title)

test('an empty query finds all', () => {
  expect(titles(' ')).toHaveLength(COMMANDS.length)
})

test('every word must be there, in any order and case', () => {
  expect(titles('LIGHT dark')).toEqual(['Switch between dark and light'])
})

test('titles that begin with the query come first', () => {
  expect(titles('image')[0]).toBe('Image again')
})

test('the group counts as a word', () => {
  expect(titles('undo review')).toEqual(['Undo the last decision'])
})

test('finds nothing for words that no command has', () => {
  expect(titles('espresso')).toEqual([])
})
