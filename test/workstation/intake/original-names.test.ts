import { expect, test } from 'vitest'
import { originalNames } from '#workstation/intake/original-names.ts'

test.each([
  'Copy of x_A01.TIF',
  'Copy (2) of x_A01.TIF',
  'x_A01 - Copy.TIF',
  'x_A01 - Copy (3).TIF',
  'x_A01 (1).TIF',
  'x_A01 (copy).TIF',
  'x_A01 (another copy).TIF',
  'x_A01 (3rd copy).TIF',
  'x_A01 (copy 2).TIF',
  'x_A01 copy.TIF',
  'x_A01 copy 2.TIF',
])('%s would be a copy', name => {
  expect(originalNames(name)).toEqual(['x_A01.TIF'])
})

test.each(['x_A01.TIF', 'A - 01(fld 1 wv DAPI).tif', 'copy.tif', '(1).tif', 'photocopy.tif'])(
  '%s would not',
  name => {
    expect(originalNames(name)).toEqual([])
  },
)
