import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { firstPage } from '../../support/first-page.ts'
import { pixelHash } from '../../support/pixel-hash.ts'

// Made by make_depths.py; read by tifffile and made 32-bit floats by numpy. Bit for bit.

const folder = import.meta.dirname
const depths = JSON.parse(readFileSync(join(folder, 'depths.json'), 'utf8')) as Readonly<
  Record<string, { readonly sha256: string; readonly range: number }>
>

describe('Parfocal makes of signed, 32- and 64-bit pixels what numpy makes of them', () => {
  test.each(Object.entries(depths))('%s', async (name, { sha256, range }) => {
    const raster = await firstPage(join(folder, name))
    expect(raster.pixels).toBeInstanceOf(Float32Array)
    expect({ sha256: pixelHash(raster.pixels), range: raster.range }).toEqual({ sha256, range })
  })
})
