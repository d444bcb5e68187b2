import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import type { Raster } from '#workstation/reading/raster.ts'
import { firstPage } from './first-page.ts'

/** Wide enough for a focus ring, which is no part of what an element shows. CSS pixels. */
const RING = 4

/** An element as it is on screen, in pixels. */
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
    return await firstPage(path)
  } finally {
    rmSync(path, { force: true })
  }
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
