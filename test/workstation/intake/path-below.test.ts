import { expect, test } from 'vitest'
import { pathBelow } from '#workstation/intake/path-below.ts'

test.each([
  ['Images', 'a.tiff', 'Images/a.tiff'],
  ['', 'a.tiff', 'a.tiff'],
  ['run', 'Projection\\a.tif', 'run/Projection/a.tif'],
  ['run', './a.tif', 'run/a.tif'],
])('%s and %s are %s', (folder, named, path) => {
  expect(pathBelow(folder, named)).toBe(path)
})

test.each([
  '../../x.tif',
  'a/../../x.tif',
  '..\\x.tif',
  '/etc/x.tif',
  'C:\\x.tif',
  '\\\\server\\share\\x.tif',
  'http://example.org/x.tif',
  'x\0.tif',
  '',
  '.',
])('%j is no file of the folder', named => {
  expect(pathBelow('Images', named)).toBeNull()
})
