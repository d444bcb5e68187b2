import { expect, test } from 'vitest'
import { nothingUsed, unmatchedLines } from '#cli/unmatched-lines.ts'

test('counts what was not recognised, and shows images before others', () => {
  const notes = Array.from({ length: 40 }, (_, i) => `${i}.txt`)
  const lines = unmatchedLines([...notes, 'x.tif', 'y.png', 'z.tiff'])
  expect(lines.slice(0, 5)).toEqual([
    '3 images and 40 other files were not recognised.',
    'unmatched   x.tif',
    'unmatched   y.png',
    'unmatched   z.tiff',
    'unmatched   0.txt',
  ])
  expect(lines.slice(-2)).toEqual(['unmatched   16.txt', '… and 23 more'])
  expect(unmatchedLines(['a.tif'])[0]).toBe('1 image was not recognised.')
  expect(unmatchedLines(['a.txt'])[0]).toBe('1 other file was not recognised.')
  expect(unmatchedLines([])).toEqual([])
})

test('says that no image was used only where there are some', () => {
  expect(nothingUsed(0, ['a.tif', 'b.tif', 'c.txt'])).toMatch(/^None of the 2 images was used: /)
  expect(nothingUsed(0, ['a.tif'])).toMatch(/^The image was not used: .*--naming loose/)
  expect(nothingUsed(1, ['a.tif'])).toBeNull()
  expect(nothingUsed(0, ['c.txt'])).toBeNull()
})
