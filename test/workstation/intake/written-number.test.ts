import { expect, test } from 'vitest'
import { decimal, positive } from '#workstation/intake/written-number.ts'

test('numbers are those that XML Schema has for decimals and floats', () => {
  expect(['1', '+.5', '2.', '1E3', ' 7 ', '-0.25'].map(decimal)).toEqual([
    1, 0.5, 2, 1000, 7, -0.25,
  ])
})

test.each(['', ' ', '0x10', '1,5', '--1', 'Infinity', 'NaN', '1 2', '1e999', undefined])(
  '%j is no number',
  text => expect(decimal(text)).toBeNull(),
)

test('what measures something is above 0', () => {
  expect(['0.325', '0', '-1', '', undefined].map(positive)).toEqual([0.325, null, null, null, null])
})
