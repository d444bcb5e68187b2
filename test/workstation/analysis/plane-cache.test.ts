import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { createPlaneCache } from '#workstation/analysis/plane-cache.ts'
import { uniform } from '../../support/nuclei-field.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

/** Evenly spread counts of twelve bits, some of them clipped but too few to pile up, and what their file says of itself. */
async function readPlane(description: string) {
  const random = uniform(1)
  const pixels = Uint16Array.from({ length: 64 * 64 }, () => 3000 * random())
  pixels.fill(4095, 0, 8)
  const path = join(temporaryFolder(), 'a.tif')
  writeFileSync(path, encodeTiff({ width: 64, height: 64, pixels, description }))
  const place = { key: 1, page: 0, channel: 'DAPI', z: 1, projection: false }
  const source = { ...place, path, sharpness: null, pixelSize: null }
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
