import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { writePlate } from '../support/live-store.ts'
import { faultOf, pixelDesk, samplesOf, size, tile } from '../support/pixel-desk.ts'
import { temporaryFolder } from '../support/stores.ts'
import { valueOf } from '../support/value-of.ts'

test.each(['ome-zarr', 'ome-zarr-0.5'])('planes of %s are shown as they are stored', async name => {
  const folder = join(temporaryFolder(), 'plate')
  await writePlate(folder, { naming: NAMINGS[name]!, wells: 1, width: 96, height: 64 })
  const desk = await pixelDesk(folder)
  expect(desk.planes.map(({ page, channel }) => `${page} ${channel}`)).toEqual(['0 DAPI', '1 FITC'])
  for (const plane of desk.planes) {
    const image = valueOf(await openImage(plane.path))
    const { pixels } = toPlane(valueOf(await image.readPage(plane.page)))
    const response = await desk.ask(tile(plane))
    expect(size(response)).toBe('uint16 96 64')
    expect(await samplesOf(response)).toEqual(pixels)
  }
})

test('an array of which a chunk was written anew is another version', async () => {
  const folder = join(temporaryFolder(), 'plate')
  await writePlate(folder, { naming: NAMINGS['ome-zarr']!, wells: 1, width: 96, height: 64 })
  const desk = await pixelDesk(folder)
  const [plane] = desk.planes
  expect((await desk.ask(tile(plane!))).status).toBe(200)
  const [chunk] = readdirSync(plane!.path, { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith(join('0', '0', '0')),
  )
  writeFileSync(join(plane!.path, chunk!), new Uint8Array(96 * 64 * 2))
  // One look at a file holds for a second.
  await new Promise(resolve => setTimeout(resolve, 1_100))
  expect(await faultOf(await desk.ask(tile(plane!)))).toEqual([410, 'file-changed'])
})
