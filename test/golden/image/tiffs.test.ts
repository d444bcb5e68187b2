import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { tiffPages } from './tiff-pages.ts'

interface Read {
  readonly type: string
  readonly rows: readonly (readonly number[])[]
  readonly description: string
}

const read = JSON.parse(readFileSync(new URL('tiffs.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Read>
>

describe('TIFFs that tifffile has read', () => {
  test.each(Object.entries(tiffPages))('%s', (name, page) => {
    const written = readFileSync(new URL(`${name}.tif`, import.meta.url))
    expect(Buffer.from(encodeTiff(page)).equals(written)).toBe(true)
    const { type, rows, description } = read[name]!
    expect(`${type}`).toBe(page.pixels.constructor.name.replace('Array', '').toLowerCase())
    expect(rows.map(row => row.length)).toEqual(Array(page.height).fill(page.width))
    expect(rows.flat()).toEqual([...page.pixels])
    expect(description).toBe(page.description ?? '')
  })
})
