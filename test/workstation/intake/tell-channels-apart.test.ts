import { expect, test } from 'vitest'
import { tellApart } from '#workstation/intake/tell-channels-apart.ts'

test('a channel without a name has its number, and so has a second one of a name', () => {
  expect(tellApart(['DAPI', null, 'DAPI', ''])).toEqual([
    { wave: 1, name: 'DAPI' },
    { wave: 2, name: 'w2' },
    { wave: 3, name: 'DAPI (w3)' },
    { wave: 4, name: 'w4' },
  ])
})

test("numbers are the instrument's own where it leaves some out", () => {
  expect(tellApart(['DAPI', 'DAPI'], [2, 5])).toEqual([
    { wave: 2, name: 'DAPI' },
    { wave: 5, name: 'DAPI (w5)' },
  ])
})
