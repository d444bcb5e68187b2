import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openImage } from '#workstation/reading/open-image.ts'
import { pixelHash, pixelType } from '../../support/pixel-hash.ts'

// Made by make_images.py; read by tifffile and Pillow. Bit for bit: reading has no tolerance.

interface GoldenPage {
  readonly width: number
  readonly height: number
  readonly samples: number
  readonly dtype: 'u1' | 'u2' | 'f4'
  /** Of the samples as little-endian bytes, row by row, pixel by pixel. */
  readonly sha256: string
}

const folder = import.meta.dirname
const images = JSON.parse(readFileSync(join(folder, 'images.json'), 'utf8')) as Readonly<
  Record<string, readonly GoldenPage[]>
>

describe('Parfocal reads the pixels that tifffile and Pillow read', () => {
  test.each(Object.entries(images))('%s', async (name, pages) => {
    const image = await openImage(join(folder, name))
    if (!image.ok) throw new Error(JSON.stringify(image.fault))
    const read: GoldenPage[] = []
    for (let page = 0; page < image.value.structure.pages.length; page += 1) {
      const raster = await image.value.readPage(page)
      if (!raster.ok) throw new Error(JSON.stringify(raster.fault))
      const { width, height, samples, pixels } = raster.value
      read.push({ width, height, samples, dtype: pixelType(pixels), sha256: pixelHash(pixels) })
    }
    expect(read).toEqual(pages)
  })
})
