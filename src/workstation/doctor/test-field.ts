import type { Plane } from '#core/image/plane.ts'

const SIDE = 256
/** Discs stand on a grid of 4 × 4. */
const PITCH = 64

/**
 * Sixteen round objects on a slope, with noise, in whole-number arithmetic: every machine draws the same pixels.
 *
 * test/golden/doctor/make_numbers.py draws it again and measures it with other people's code.
 */
export function testField(): Plane {
  const pixels = new Uint16Array(SIDE * SIDE)
  let state = 1
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      // The linear congruential generator of Numerical Recipes, of which the upper bits are good.
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      pixels[y * SIDE + x] = 400 + ((x + 2 * y) >> 3) + discAt(x, y) + (state >>> 26)
    }
  }
  return { width: SIDE, height: SIDE, pixels, fullScale: 65535 }
}

/** Brightness that falls from a disc's centre to its rim; radii are 10 to 13 pixels. */
function discAt(x: number, y: number): number {
  const column = Math.floor(x / PITCH)
  const row = Math.floor(y / PITCH)
  const radius = 10 + ((column + row) % 4)
  const dx = x - (column * PITCH + PITCH / 2)
  const dy = y - (row * PITCH + PITCH / 2)
  const inside = radius * radius - dx * dx - dy * dy
  return inside <= 0 ? 0 : 1000 + Math.floor((3000 * inside) / (radius * radius))
}
