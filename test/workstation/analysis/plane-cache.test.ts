import { statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fail } from '#core/fault.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { createPlaneCache } from '#workstation/analysis/plane-cache.ts'
import { measureArray } from '#workstation/intake/array-folder.ts'
import { older, zarrFolders } from '../../support/draw-zarr.ts'
import { uniform } from '../../support/nuclei-field.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const zarr = zarrFolders()
const PLACE = { key: 1, page: 0, channel: 'DAPI', z: 1, projection: false } as const

/** Evenly spread counts of twelve bits, some of them clipped but too few to pile up, and what their file says of itself. */
async function readPlane(description: string) {
  const random = uniform(1)
  const pixels = Uint16Array.from({ length: 64 * 64 }, () => 3000 * random())
  pixels.fill(4095, 0, 8)
  const path = join(temporaryFolder(), 'a.tif')
  writeFileSync(path, encodeTiff({ width: 64, height: 64, pixels, description }))
  const source = { ...PLACE, path, sharpness: null, pixelSize: null }
  return valueOf(await createPlaneCache().read(source)).plane
}

test.each([
  { says: 'twelve bits', pixels: 'SignificantBits="12"', fullScale: 4095, saturated: 8 / 4096 },
  { says: 'sixteen bits', pixels: 'SignificantBits="16"', fullScale: 65535, saturated: 0 },
  {
    says: 'ten bits, which is not so',
    pixels: 'SignificantBits="10"',
    fullScale: 1023,
    saturated: 0,
  },
])(
  'a plane has the range that its file declares: $says',
  async ({ pixels, fullScale, saturated }) => {
    const plane = await readPlane(`<OME><Image><Pixels ${pixels}/></Image></OME>`)
    expect(plane.fullScale).toBe(fullScale)
    const { saturated_fraction } = measureQuality.run(plane, measureQuality.defaults)
    expect(saturated_fraction).toBe(saturated)
  },
)

test('a plane is read in the version in which it came', async () => {
  const path = join(temporaryFolder(), 'a.tif')
  writeFileSync(path, encodeTiff({ width: 4, height: 4, pixels: new Uint16Array(16) }))
  const { size, mtimeNs } = statSync(path, { bigint: true })
  const version = { bytes: Number(size), modified: String(mtimeNs) }
  const source = { ...PLACE, path, sharpness: null, pixelSize: null, version }
  expect((await createPlaneCache().read(source)).ok).toBe(true)
  const changed = fail({ kind: 'file-changed', path })
  const older = { ...version, modified: String(mtimeNs - 1n) }
  expect(await createPlaneCache().read({ ...source, version: older })).toEqual(changed)
  // Cut short is the new version, of which nobody asked.
  truncateSync(path, 20)
  expect(await createPlaneCache().read(source)).toEqual(changed)
})

test('an array is read in the version in which it came', async () => {
  const path = zarr({ '.zarray': older([2, 2], [2, 2]), '0/0': Buffer.alloc(8) })
  const { bytes, modified } = await measureArray(path, question => question())
  const source = { ...PLACE, path, sharpness: null, pixelSize: null, version: { bytes, modified } }
  expect((await createPlaneCache().read(source)).ok).toBe(true)
  writeFileSync(join(path, '0/0'), Buffer.alloc(9))
  expect(await createPlaneCache().read(source)).toEqual(fail({ kind: 'file-changed', path }))
})
