import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { openImage } from '#workstation/reading/open-image.ts'
import type { Raster } from '#workstation/reading/raster.ts'

/** Wide enough for a focus ring, which is no part of what an element shows. CSS pixels. */
const RING = 4

/** An element as it is on screen, in pixels, read by Parfocal's own reader. */
export async function pictureOf(element: Locator): Promise<Raster> {
  const path = join(tmpdir(), `parfocal-picture-${process.pid}.png`)
  const box = (await element.boundingBox())!
  const clip = {
    x: Math.ceil(box.x) + RING,
    y: Math.ceil(box.y) + RING,
    width: Math.floor(box.width) - 2 * RING,
    height: Math.floor(box.height) - 2 * RING,
  }
  try {
    await element.page().screenshot({ path, clip })
    return await readImage(path)
  } finally {
    rmSync(path, { force: true })
  }
}

/** The first page of an image file. */
export async function readImage(path: string): Promise<Raster> {
  const image = await openImage(path)
  if (!image.ok) throw new Error(`${path}: ${image.fault.kind}`)
  const raster = await image.value.readPage(0)
  if (!raster.ok) throw new Error(`${path}: ${raster.fault.kind}`)
  return raster.value
}

/** Red, green and blue at a place of a picture. */
export function colourAt({ width, samples, pixels }: Raster, x: number, y: number) {
  const at = (Math.round(y) * width + Math.round(x)) * samples
  return [...pixels.subarray(at, at + 3)]
}

/** Mean of all samples but those beyond red, green and blue. */
export function brightnessOf({ samples, pixels }: Raster): number {
  let sum = 0
  for (let i = 0; i < pixels.length; i += 1) if (i % samples < 3) sum += pixels[i]!
  return sum / (3 * (pixels.length / samples))
}

/** Share of pixels whose colour differs between two pictures of one size. */
export function shareChanged(one: Raster, other: Raster): number {
  const { samples } = one
  let changed = 0
  for (let i = 0; i < one.pixels.length; i += samples) {
    const same = [0, 1, 2].every(c => Math.abs(one.pixels[i + c]! - other.pixels[i + c]!) <= 2)
    if (!same) changed += 1
  }
  return changed / (one.pixels.length / samples)
}
