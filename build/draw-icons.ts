/**
 * Draws Parfocal's icons into resources/icons: light that meets in one focus, inside a well.
 *
 * Run it by `node build/draw-icons.ts` after a change; what it draws is in the repository.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { root } from './bundles.ts'

type Colour = readonly [red: number, green: number, blue: number]

interface Icon {
  readonly name: string
  readonly size: number
  readonly ink: Colour
  /** Behind the well; null leaves it open. */
  readonly ground: Colour | null
}

const INK: Colour = [0x86, 0xb7, 0xea]
const GROUND: Colour = [0x15, 0x17, 0x1a]
const BLACK: Colour = [0, 0, 0]

const ICONS: readonly Icon[] = [
  { name: 'parfocal', size: 512, ink: INK, ground: GROUND },
  { name: 'tray', size: 16, ink: INK, ground: GROUND },
  { name: 'tray@2x', size: 32, ink: INK, ground: GROUND },
  { name: 'trayTemplate', size: 16, ink: BLACK, ground: null },
  { name: 'trayTemplate@2x', size: 32, ink: BLACK, ground: null },
]

/** Side of the grid of samples in a pixel. */
const SAMPLES = 4

const folder = join(root, 'resources/icons')
mkdirSync(folder, { recursive: true })
for (const icon of ICONS) writeFileSync(join(folder, `${icon.name}.png`), pngOf(icon))

/** What is at a point of the unit square: `1` drawn, `0` ground, null nothing. */
function at(x: number, y: number): 0 | 1 | null {
  const [dx, dy] = [x - 0.5, y - 0.5]
  const radius = Math.hypot(dx, dy)
  if (radius > 0.48) return null
  if (radius > 0.42) return 1
  const lines = [0.55, -0.55]
  const onRay = lines.some(slope => Math.abs(dx - slope * dy) / Math.hypot(1, slope) < 0.035)
  return onRay || radius < 0.11 ? 1 : 0
}

function pngOf({ size, ink, ground }: Icon): Buffer {
  const stride = 1 + size * 4
  const rows = Buffer.alloc(size * stride)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      rows.set(pixelAt(column, row, size, ink, ground), row * stride + 1 + column * 4)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // 8 bits, red, green, blue and alpha.
  header.set([8, 6], 8)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...chunks])
}

function pixelAt(
  column: number,
  row: number,
  size: number,
  ink: Colour,
  ground: Colour | null,
): readonly number[] {
  let [drawn, filled] = [0, 0]
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const x = (column + ((i % SAMPLES) + 0.5) / SAMPLES) / size
    const y = (row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / size
    const found = at(x, y)
    if (found === 1) drawn += 1
    if (found === 1 || (found === 0 && ground !== null)) filled += 1
  }
  const share = filled === 0 ? 0 : drawn / filled
  const colour = ink.map((value, i) =>
    Math.round(value * share + (ground?.[i] ?? value) * (1 - share)),
  )
  return [...colour, Math.round((filled / SAMPLES ** 2) * 255)]
}

function chunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}
