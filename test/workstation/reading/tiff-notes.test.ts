import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { memorySource } from '#workstation/reading/byte-source.ts'
import type { TiffNotes } from '#workstation/reading/pixel-size.ts'
import { readTiffNotes } from '#workstation/reading/tiff-notes.ts'
import { readTiffStructure } from '#workstation/reading/tiff-structure.ts'
import { drawTiff, type DrawnTiff } from '../../support/draw-tiff.ts'

async function notesIn(file: Uint8Array): Promise<TiffNotes> {
  const source = memorySource('drawn.tif', file)
  const structure = await readTiffStructure(source)
  if (!structure.ok) throw new Error(structure.fault.kind)
  const page = structure.value.pages[0]!
  return readTiffNotes(source, page, page.notes)
}

function drawn(tags: DrawnTiff['tags'], claims: DrawnTiff['claims'] = {}): Promise<TiffNotes> {
  return notesIn(drawTiff({ tags: tags!, claims: claims! }))
}

describe('what a TIFF page says about itself', () => {
  test('is its description and its resolution', async () => {
    const notes = await drawn({ 281: 4095, 282: [30_769, 2], 283: [30_000, 3], 296: 3 })
    expect(notes).toEqual({
      description: '',
      xResolution: 15_384.5,
      yResolution: 10_000,
      resolutionUnit: 3,
      maxSampleValue: 4095,
    })
  })

  test('is per inch where it names no unit', async () => {
    expect((await drawn({ 282: [72, 1] })).resolutionUnit).toBe(2)
  })

  test('is nothing where there is nothing', async () => {
    expect(await drawn({})).toMatchObject({ description: '', xResolution: null })
  })

  test('is nothing where it cannot be: divided by zero, or beyond the end of the file', async () => {
    expect(await drawn({ 282: [5, 0] })).toMatchObject({ xResolution: null })
    const beyond = await drawn({ 282: 4_000_000_000 }, { 282: 2 })
    expect(beyond.xResolution).toBeNull()
    const claimed = await drawn({ 270: 4_000_000_000 }, { 270: 4_000_000_000 })
    expect(claimed.description).toBe('')
  })

  test('ends at the first NUL', async () => {
    const pixels = Uint8Array.of(1)
    const description = 'gain 2\0and more'
    const notes = await notesIn(encodeTiff({ width: 1, height: 1, pixels, description }))
    expect(notes.description).toBe('gain 2')
  })

  test.each([
    ['UTF-8', Buffer.from('unit=µm', 'utf8')],
    ['Latin 1', Buffer.from('unit=µm', 'latin1')],
  ])('may be in %s', async (_, text) => {
    const file = encodeTiff({
      width: 1,
      height: 1,
      pixels: Uint8Array.of(1),
      description: 'x'.repeat(text.length),
    })
    const at = Buffer.from(file).indexOf('x'.repeat(text.length))
    file.set(text, at)
    expect((await notesIn(file)).description).toBe('unit=µm')
  })
})
