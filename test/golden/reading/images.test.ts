import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openImage } from '#workstation/reading/open-image.ts'
import { pixelHash, pixelType } from '../../support/pixel-hash.ts'
import { valueOf } from '../../support/value-of.ts'

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
    const image = valueOf(await openImage(join(folder, name)))
    const read: GoldenPage[] = []
    for (let page = 0; page < image.structure.pages.length; page += 1) {
      const { width, height, samples, pixels } = valueOf(await image.readPage(page))
      read.push({ width, height, samples, dtype: pixelType(pixels), sha256: pixelHash(pixels) })
    }
    expect(read).toEqual(pages)
  })
})
