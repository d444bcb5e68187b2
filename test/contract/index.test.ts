import { expect, test } from 'vitest'
import { calls, events } from '../../src/contract/index.ts'

test('the window can ask for and be told exactly this', () => {
  expect(Object.keys(calls)).toEqual(['about.read'])
  expect(Object.keys(events)).toEqual(['mistake.logged'])
})

test('calls are named noun.verb and events noun.participle, in lower case', () => {
  for (const name of [...Object.keys(calls), ...Object.keys(events)]) {
    expect(name).toMatch(/^[a-z]+\.[a-z]+$/)
  }
})
