import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { MAP_SIDE } from '#contract/pixels.ts'
import { encodeTiff, type TiffPage } from '#core/image/encode-tiff.ts'
import { readPredictionMap } from '#workstation/pixels/read-prediction-map.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

function written(page: TiffPage): string {
  const path = join(temporaryFolder(), 'map.tif')
  writeFileSync(path, encodeTiff(page, deflateSync))
  return path
}

test('a map is read as it is, whatever its size', async () => {
  const pixels = Uint8Array.from({ length: 7 * 3 }, (_, i) => 12 * i)
  const map = valueOf(await readPredictionMap(written({ width: 7, height: 3, pixels })))
  expect([map.width, map.height]).toEqual([7, 3])
  expect([...map.pixels]).toEqual([...pixels])
})

test('a map that no graphics card takes is halved by means', async () => {
  const [width, height] = [MAP_SIDE + 2, 2]
  const pixels = new Uint8Array(width * height)
  pixels.set([100, 200], 0)
  pixels.set([40, 20], width)
  const map = valueOf(await readPredictionMap(written({ width, height, pixels })))
  expect([map.width, map.height, map.pixels[0]]).toEqual([MAP_SIDE / 2 + 1, 1, 90])
})

test.each([
  ['16 bits', { width: 1, height: 1, pixels: Uint16Array.of(1) }],
  ['floats', { width: 1, height: 1, pixels: Float32Array.of(1) }],
])('what is of %s is no map', async (_, page) => {
  const path = written(page)
  expect(await readPredictionMap(path)).toMatchObject({
    ok: false,
    fault: { kind: 'image-unsupported', path },
  })
})

test('a map that is not there is a missing artifact', async () => {
  const path = join(temporaryFolder(), 'gone.tif')
  const fault = { kind: 'artifact-missing', path }
  expect(await readPredictionMap(path)).toEqual({ ok: false, fault })
})
