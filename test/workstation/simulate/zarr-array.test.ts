import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openImage } from '#workstation/reading/open-image.ts'
import { probeImage } from '#workstation/reading/probe-image.ts'
import { zarrArray2, zarrArray3 } from '#workstation/simulate/zarr-array.ts'
import { valueOf } from '../../support/value-of.ts'

const scratch = mkdtempSync(join(tmpdir(), 'parfocal-zarr-array-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test.each([
  ['Zarr 2', zarrArray2, 'a2/.zarray,a2/0/0/0,a2/2/0/0'],
  ['Zarr 3', zarrArray3, 'a3/zarr.json,a3/c/0/0/0,a3/c/2/0/0'],
])('%s holds a chunk for each plane that was imaged', async (_, write, names) => {
  const path = names.slice(0, 2)
  const planes = [Uint16Array.of(1, 2, 3, 4, 5, 6), null, Uint16Array.of(7, 8, 9, 10, 11, 60_000)]
  const files = write({ path, width: 3, height: 2, planes })
  expect(files.map(file => file.path).join()).toBe(names)
  for (const file of files) {
    mkdirSync(dirname(join(scratch, file.path)), { recursive: true })
    writeFileSync(join(scratch, file.path), file.bytes)
  }
  const image = valueOf(await openImage(join(scratch, path)))
  expect(valueOf(await image.readPage(0)).pixels).toEqual(planes[0])
  expect(valueOf(await image.readPage(1)).pixels).toEqual(new Uint16Array(6))
  expect(valueOf(await image.readPage(2)).pixels).toEqual(planes[2])
  const { array } = valueOf(await probeImage(join(scratch, path)))
  expect([...array!.absentPages]).toEqual([1])
})
