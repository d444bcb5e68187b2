import { expect, test } from 'vitest'
import { matchPorts } from '../../../src/workstation/inference/match-ports.ts'

test.each([
  {
    name: 'by name in any order',
    names: ['b', 'a'],
    found: [
      ['a', 'a'],
      ['b', 'b'],
    ],
  },
  {
    name: 'by place where names differ',
    names: ['in.1', 'a'],
    found: [
      ['a', 'in.1'],
      ['b', 'a'],
    ],
  },
])('$name', ({ names, found }) => {
  expect([...(matchPorts(['a', 'b'], names) ?? [])]).toEqual(found)
})

test('not at all where there are more or fewer', () => {
  expect(matchPorts(['a'], ['a', 'b'])).toBeNull()
})
