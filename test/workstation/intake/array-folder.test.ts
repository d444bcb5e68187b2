import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskAccess } from '#workstation/intake/disk.ts'
import { followArrivals } from '#workstation/intake/follow-arrivals.ts'
import { lookAgain, surveyFolder } from '#workstation/intake/survey-folder.ts'
import { fileOfVersion, versionText } from '#workstation/intake/watch-state.ts'
import { wholeImage } from '#workstation/intake/whole-image.ts'
import { hashFile } from '#workstation/record/hash-file.ts'
import {
  imageMetadata,
  newer,
  older,
  words,
  writeFiles,
  zarrFolders,
} from '../../support/draw-zarr.ts'
import { valueOf } from '../../support/value-of.ts'

const draw = zarrFolders()

async function listed(folder: string) {
  const { files, skipped, faults } = await surveyFolder(folder)
  expect(faults).toEqual([])
  return {
    paths: files.map(({ path, array }) => `${path}${array === true ? ' (array)' : ''}`),
    skipped,
  }
}

const ARRAY = { '.zarray': older([1, 2], [1, 1]), '0/0': words(1), '0/1': words(2) }

function below(folder: string, files: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]),
  )
}

test('an array is one file, of all its bytes and its newest time', async () => {
  const folder = draw({ ...below('a.zarr/0', ARRAY), 'a.zarr/.zgroup': {}, 'b.tif': words(1) })
  utimesSync(join(folder, 'a.zarr/0/0/1'), 2_000_000_000, 2_000_000_000)
  const { files } = await surveyFolder(folder)
  expect(files.map(({ path }) => path)).toEqual(['a.zarr/.zgroup', 'a.zarr/0', 'b.tif'])
  const { bytes } = await hashFile(join(folder, 'a.zarr/0'))
  expect(files[1]).toEqual({
    path: 'a.zarr/0',
    absolute: join(folder, 'a.zarr/0'),
    bytes,
    modified: '2000000000000000000',
    array: true,
  })
  expect(await lookAgain(folder, 'a.zarr/0')).toEqual(files[1])
  expect(fileOfVersion('a.zarr/0', files[1]!.absolute, versionText(files[1]!))).toEqual(files[1])
})

test('an array of Zarr 3 is told from a group by its metadata', async () => {
  const folder = draw({
    'a/zarr.json': { zarr_format: 3, node_type: 'group' },
    'a/0/zarr.json': newer([1, 1], [1, 1]),
    'a/0/c/0/0': words(1),
    'b/zarr.json': new TextEncoder().encode('{"node_type": "arr'),
    'b/c/0/0': words(1),
  })
  expect(await listed(folder)).toEqual({
    paths: ['a/0 (array)', 'a/zarr.json', 'b/c/0/0', 'b/zarr.json'],
    skipped: 0,
  })
})

test('smaller sizes of an image, its labels and tables are left aside; what is no array there is listed', async () => {
  const folder = draw({
    'a/.zattrs': imageMetadata('yx', { arrays: ['full', 'half', 'notes'] }),
    ...below('a/full', ARRAY),
    ...below('a/half', ARRAY),
    ...below('a/labels/cells/0', ARRAY),
    'a/labels/.zattrs': { labels: ['cells'] },
    ...below('a/tables/FOV', ARRAY),
    'a/notes/image.tif': words(1),
  })
  expect(await listed(folder)).toEqual({
    paths: ['a/.zattrs', 'a/full (array)', 'a/labels/.zattrs', 'a/notes/image.tif'],
    skipped: 3,
  })
})

test('metadata that names its own array twice, or lies, hides nothing but arrays', async () => {
  const folder = draw({
    'a/.zattrs': imageMetadata('yx', { arrays: ['0', '0', '../b', 'tif'] }),
    ...below('a/0', ARRAY),
    'b/c.tif': words(1),
    'a/tif/d.tif': words(1),
  })
  expect((await listed(folder)).paths).toEqual([
    'a/.zattrs',
    'a/0 (array)',
    'a/tif/d.tif',
    'b/c.tif',
  ])
})

test('an array is whole when all its chunks are there', async () => {
  const folder = draw(below('a', ARRAY))
  const isWhole = wholeImage(diskAccess())
  const whole = async () => {
    const file = await lookAgain(folder, 'a')
    if (typeof file === 'string') throw new Error(file)
    return isWhole(file)
  }
  expect(await whole()).toBe('whole')
  writeFileSync(join(folder, 'a/0/1'), Uint8Array.of(2))
  expect(await whole()).toBe('partial')
  rmSync(join(folder, 'a/0/1'))
  expect(await whole()).toBe('partial')
  rmSync(join(folder, 'a/.zarray'))
  expect(await lookAgain(folder, 'a')).toBe('gone')
})

test('an image of which a chunk comes later is handed out again', async () => {
  const folder = draw({
    'a.zarr/.zattrs': imageMetadata('cyx'),
    'a.zarr/0/.zarray': older([2, 1, 2], [1, 1, 2]),
    'a.zarr/0/0/0/0': words(1, 2),
  })
  const reader = followArrivals(folder, 'auto', diskAccess())
  const arrive = async () => {
    const { files } = await surveyFolder(folder)
    const { acquisitions, unmatched } = valueOf(await reader.arrive(files))
    expect(unmatched).toEqual([])
    return acquisitions.flatMap(({ planes }) =>
      planes.map(({ path, page, bytes }) => `${path} ${page} ${bytes}`),
    )
  }
  const [first] = await arrive()
  const bytes = Number(first!.split(' ').at(-1))
  expect(first).toBe(`a.zarr/0 0 ${bytes}`)
  expect(await arrive()).toEqual([])
  writeFiles(folder, { 'a.zarr/0/1/0/0': words(3, 4) })
  expect(await arrive()).toEqual([`a.zarr/0 0 ${bytes + 4}`, `a.zarr/0 1 ${bytes + 4}`])
})
