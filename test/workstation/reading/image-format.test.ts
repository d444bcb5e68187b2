import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { readStructure } from '#workstation/reading/image-format.ts'
import { decodePage } from '#workstation/reading/open-image.ts'

function read(bytes: readonly number[]) {
  return readStructure(memorySource('field.tif', Uint8Array.from(bytes)))
}

test('an empty file is one that is still to be written', async () => {
  expect(await read([])).toMatchObject({
    fault: { kind: 'image-truncated', detail: 'it is empty' },
  })
})

test.each([
  { name: 'TIFF', bytes: [0x49, 0x49, 42] },
  { name: 'big-endian BigTIFF', bytes: [0x4d, 0x4d, 0, 43, 0, 8] },
  { name: 'PNG', bytes: [0x89, 0x50, 0x4e] },
])('the first bytes of a $name are enough to wait for the rest', async ({ bytes }) => {
  expect(await read(bytes)).toMatchObject({ fault: { kind: 'image-truncated' } })
})

test('anything else is not an image', async () => {
  expect(await read([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70])).toEqual({
    ok: false,
    fault: { kind: 'not-an-image', path: 'field.tif', detail: 'neither TIFF nor PNG' },
  })
})

test.each(['bigtiff-pages.tif', 'lzw-tiles-predictor.tif', 'planar-rgb.tif', 'palette.png'])(
  '%s that becomes shorter while it is read is a fault',
  async name => {
    const bytes = readFileSync(new URL(`../../golden/reading/${name}`, import.meta.url))
    const structure = await readStructure(memorySource(name, bytes))
    if (!structure.ok) throw new Error(structure.fault.kind)
    const lastPage = structure.value.pages.length - 1
    for (let length = 0; length < bytes.length; length += 5) {
      const source = { ...memorySource(name, bytes.subarray(0, length)), size: bytes.length }
      await readStructure(source)
      const decoded = await decodePage(source, structure.value, lastPage)
      if (!decoded.ok) expect(decoded.fault.kind).toBe('image-corrupt')
    }
    expect(
      await decodePage(memorySource(name, bytes.subarray(0, 50)), structure.value, 0),
    ).toMatchObject({ ok: false })
  },
)
