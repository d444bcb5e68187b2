import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { probeImage } from '#workstation/reading/probe-image.ts'
import { drawPng } from '../support/draw-png.ts'
import { drawTiff } from '../support/draw-tiff.ts'
import { encodeLzw } from '../support/encode-lzw.ts'
import { pixelHash } from '../support/pixel-hash.ts'

// Time to read a 2160 × 2160 plane of 16 bits, by format: node test/bench/reading.ts
// Prints JSON: medians in milliseconds of the probe, of opening (read and hash) and of decoding, and the hash of the
// pixels, which is the same for all.

const SIDE = 2160
const REPEATS = 15

/** Cells on a noisy background, as a camera of 12 bits sees them; the same on every run (Park and Miller 1988). */
function drawField(): Uint16Array {
  const pixels = new Uint16Array(SIDE * SIDE)
  let state = 2024
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      state = (state * 48271) % 2147483647
      const distance = Math.hypot((x % 90) - 45, (y % 90) - 45)
      pixels[y * SIDE + x] = 200 + (distance < 20 ? 1500 : 0) + (state % 32)
    }
  }
  return pixels
}

/** Big-endian rows, each stored as its difference from the one above. */
function drawRows(pixels: Uint16Array): Uint8Array {
  const bytes = Buffer.from(Uint16Array.from(pixels).buffer).swap16()
  const rows = Buffer.alloc(SIDE * (2 * SIDE + 1))
  for (let y = 0; y < SIDE; y += 1) {
    const at = y * (2 * SIDE + 1)
    rows[at] = 2
    for (let i = 0; i < 2 * SIDE; i += 1) {
      const above = y === 0 ? 0 : bytes[(y - 1) * 2 * SIDE + i]!
      rows[at + 1 + i] = bytes[y * 2 * SIDE + i]! - above
    }
  }
  return rows
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < REPEATS; i += 1) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return Number(times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)]!.toFixed(2))
}

const folder = mkdtempSync(join(tmpdir(), 'parfocal-bench-'))
const pixels = drawField()
const page = { width: SIDE, height: SIDE, pixels }
const lzwStrip = encodeLzw(new Uint8Array(pixels.buffer))
const lzwTags = { 256: SIDE, 257: SIDE, 258: 16, 259: 5, 278: SIDE }
const files: Readonly<Record<string, Uint8Array>> = {
  'tiff-none': encodeTiff(page),
  'tiff-lzw': drawTiff({ tags: lzwTags, strips: [lzwStrip] }),
  'tiff-deflate': encodeTiff(page, deflateSync),
  png: drawPng({ width: SIDE, height: SIDE, bits: 16, rows: drawRows(pixels) }),
}

const results: Record<string, unknown> = {}
for (const [name, bytes] of Object.entries(files)) {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const image = await openImage(path)
  if (!image.ok) throw new Error(JSON.stringify(image.fault))
  const raster = await image.value.readPage(0)
  if (!raster.ok) throw new Error(JSON.stringify(raster.fault))
  results[name] = {
    megabytes: Number((bytes.length / 1e6).toFixed(2)),
    probeMs: await median(() => probeImage(path)),
    openMs: await median(() => openImage(path)),
    decodeMs: await median(() => image.value.readPage(0)),
    pixels: pixelHash(raster.value.pixels).slice(0, 16),
  }
}
rmSync(folder, { recursive: true })
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
