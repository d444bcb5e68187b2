import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeTiff, type TiffPage } from '#core/image/encode-tiff.ts'
import type { PlaneSource } from '#workstation/analysis/job.ts'
import { createPlaneCache } from '#workstation/analysis/plane-cache.ts'
import { readChannels } from '#workstation/analysis/read-channels.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

interface Drawn {
  readonly channel: string
  readonly z: number
  readonly pixels: TiffPage['pixels']
  readonly pixelSize?: number
}

/** Planes of one row, written to disk, in the order in which they are chosen. */
function written(drawn: readonly Drawn[]): readonly PlaneSource[] {
  const folder = temporaryFolder()
  return drawn.map(({ channel, z, pixels, pixelSize = null }, key) => {
    const path = join(folder, `${channel}_z${z}.tif`)
    writeFileSync(path, encodeTiff({ width: pixels.length, height: 1, pixels }))
    const known = { sharpness: null, pixelSize }
    return { key, path, page: 0, channel, z, projection: false, ...known }
  })
}

async function read(sources: readonly PlaneSource[], by: 'maximum' | 'mean' = 'maximum') {
  const files: string[] = []
  const channels = await readChannels(createPlaneCache(), sources, by, ({ path }) => {
    files.push(path)
  })
  return { channels, files }
}

const STACK: readonly Drawn[] = [
  { channel: 'DAPI', z: 2, pixels: Uint16Array.of(5, 9), pixelSize: 0.5 },
  { channel: 'DAPI', z: 1, pixels: Uint16Array.of(1, 12) },
  { channel: 'FITC', z: 1, pixels: Uint16Array.of(7, 7) },
]

describe('the planes of a field', () => {
  test.each([
    { by: 'maximum', expected: [5, 12] },
    { by: 'mean', expected: [3, 10] },
  ] as const)('are projected channel by channel: $by', async ({ by, expected }) => {
    const sources = written(STACK)
    const { channels, files } = await read(sources, by)
    const [dapi, fitc] = valueOf(channels)
    expect([...dapi!.plane.pixels]).toEqual(expected)
    expect(dapi).toMatchObject({ channel: 'DAPI', sources: sources.slice(0, 2), pixelSize: 0.5 })
    expect([...fitc!.plane.pixels]).toEqual([7, 7])
    expect(files.toSorted()).toEqual(sources.map(({ path }) => path).toSorted())
  })

  test('of other sizes are a fault, in one stack or in two channels', async () => {
    const odd = { channel: 'DAPI', z: 3, pixels: Uint16Array.of(1, 2, 3) }
    for (const drawn of [odd, { ...odd, channel: 'Cy5' }]) {
      const { channels } = await read(written([...STACK, drawn]))
      expect(channels).toMatchObject({ ok: false, fault: { kind: 'size-mismatch' } })
    }
  })

  test('of 32 bits beside those of a camera are a fault, for they have another scale', async () => {
    const odd = { channel: 'Cy5', z: 1, pixels: Float32Array.of(100, 200) }
    const { channels } = await read(written([...STACK, odd]))
    expect(channels).toMatchObject({
      ok: false,
      fault: { kind: 'format-mismatch', detail: '32-bit beside 16-bit pixels' },
    })
  })

  test('of 8 bits may lie beside those of 16 in another channel, but not in one stack', async () => {
    const odd = { channel: 'DAPI', z: 3, pixels: Uint8Array.of(1, 2) }
    const stack = await read(written([...STACK, odd]))
    expect(stack.channels).toMatchObject({ ok: false, fault: { kind: 'format-mismatch' } })
    const beside = await read(written([...STACK, { ...odd, channel: 'brightfield' }]))
    expect(beside.channels.ok).toBe(true)
  })

  test('that cannot be read are their own fault', async () => {
    const sources = written(STACK)
    writeFileSync(sources[1]!.path, 'II*\0')
    const { channels } = await read(sources)
    expect(channels).toMatchObject({ ok: false, fault: { kind: 'image-truncated' } })
  })
})
