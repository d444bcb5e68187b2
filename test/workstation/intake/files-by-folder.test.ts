import { expect, test } from 'vitest'
import {
  filesByFolder,
  folderOf,
  foldersAround,
  pathFrom,
} from '#workstation/intake/files-by-folder.ts'
import { paperFiles } from '../../support/surveys.ts'

test('a file belongs to the innermost folder that it is in', () => {
  const { survey } = paperFiles('a/1.tif', 'a/b/2.tif', 'a/b/c/3.tif', 'd/4.tif')
  const owned = filesByFolder(['a', 'a/b', 'e'], survey.files)
  expect([...owned].map(([folder, files]) => [folder, files.map(({ path }) => path)])).toEqual([
    ['a', ['a/1.tif']],
    ['a/b', ['a/b/2.tif', 'a/b/c/3.tif']],
    ['e', []],
  ])
})

test('the surveyed folder is around all others', () => {
  const { survey } = paperFiles('a/1.tif', '2.tif')
  expect(filesByFolder([''], survey.files).get('')).toHaveLength(2)
  expect(foldersAround('a/b')).toEqual(['a', ''])
  expect(foldersAround('')).toEqual([])
})

test('a path is seen from its folder', () => {
  expect([folderOf('a/b/c.tif'), folderOf('c.tif')]).toEqual(['a/b', ''])
  expect([pathFrom('a', 'a/b/c.tif'), pathFrom('', 'c.tif')]).toEqual(['b/c.tif', 'c.tif'])
})
