import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { probeImage } from '#workstation/reading/probe-image.ts'
import { pixelHash, pixelType } from '../support/pixel-hash.ts'
import { describeReal, realPath } from '../support/real-data.ts'

/** What tifffile and Pillow read (test/golden/reading/make_real_images.py): 'plain' pages must be read. */
type GoldenPage = readonly [
  kind: 'plain' | 'other',
  width: number,
  height: number,
  type: string,
  hash: string,
]

const golden = JSON.parse(
  readFileSync(new URL('../golden/reading/real-images.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly GoldenPage[]>>

/** Type and hash of pixels, made whole numbers again where they were stored as such. */
function asStored(pixels: Pixels, type: string): readonly [type: string, hash: string] {
  const stored = { i1: Int8Array, i2: Int16Array, i4: Int32Array, u4: Uint32Array }[type]
  if (stored === undefined) return [pixelType(pixels), pixelHash(pixels).slice(0, 16)]
  return [type, pixelHash(stored.from(pixels)).slice(0, 16)]
}

/** What is wrong with how a file was read. */
async function misreadings(name: string, pages: readonly GoldenPage[]): Promise<string[]> {
  const image = await openImage(realPath(name))
  if (!image.ok) return [`${name}: ${JSON.stringify(image.fault)}`]
  const count = image.value.structure.pages.length
  if (count !== pages.length) return [`${name}: ${count} pages of ${pages.length}`]
  const wrong: string[] = []
  for (const [page, [kind, ...expected]] of pages.entries()) {
    const raster = await image.value.readPage(page)
    if (!raster.ok) {
      const { fault } = raster
      const named = fault.kind === 'image-unsupported' && fault.detail !== ''
      if (kind === 'plain' || !named) wrong.push(`${name} ${page}: ${JSON.stringify(fault)}`)
      continue
    }
    const { width, height, pixels } = raster.value
    const [, , type, hash] = expected
    // 64 bits are rounded to 32: what came of them is compared with numpy in test/golden/reading.
    const came = type === 'f8' ? [type, hash] : asStored(pixels, type)
    const read = [width, height, ...came]
    if (String(read) !== String(expected)) wrong.push(`${name} ${page}: ${read}, not ${expected}`)
  }
  return wrong
}

describeReal('the shared images', () => {
  test('every page is what tifffile or Pillow reads, or refused by name where it may be', async () => {
    const wrong: string[] = []
    for (const [name, pages] of Object.entries(golden)) {
      wrong.push(...(await misreadings(name, pages)))
    }
    expect(wrong).toEqual([])
  })

  test('every file is found whole without decoding it', async () => {
    const faults: unknown[] = []
    for (const name of Object.keys(golden)) {
      const probed = await probeImage(realPath(name))
      if (!probed.ok) faults.push(probed.fault)
    }
    expect(faults).toEqual([])
  })
})
