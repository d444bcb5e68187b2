import { expect, test } from 'vitest'
import { alignedLamp, illuminate, misalignedLamp } from '#core/simulate/illumination.ts'
import { randomFrom } from '#core/simulate/random.ts'

const white = { width: 101, height: 61, pixels: new Float32Array(101 * 61).fill(1) }

test('is brightest at its centre and has its corner value half a diagonal away', () => {
  const { pixels } = illuminate(white, { centre: { x: 0.5, y: 0.5 }, corner: 0.5 })
  expect(pixels[30 * 101 + 50]).toBeCloseTo(1, 6)
  // The centre of the corner pixel is a pixel's half diagonal short of the corner.
  expect(pixels[0]).toBeCloseTo(0.5, 1)
  expect(pixels[0]).toBeGreaterThan(0.5)
})

test('falls as the fourth power of the cosine', () => {
  const { pixels } = illuminate(white, { centre: { x: 0.5, y: 0.5 }, corner: 0.25 })
  // corner 0.25 = cos⁴ 45°, so that tan θ is 1 at half a diagonal.
  const tangent = (x: number): number => (x - 50) / (Math.hypot(101, 61) / 2)
  for (const x of [60, 80, 100]) {
    const cosine = 1 / Math.sqrt(1 + tangent(x) ** 2)
    expect(pixels[30 * 101 + x]).toBeCloseTo(cosine ** 4, 5)
  }
})

test('of a misaligned lamp is far less even than any aligned one', () => {
  const corners = Array.from({ length: 50 }, (_, i) => ({
    aligned: alignedLamp(randomFrom(i)).corner,
    misaligned: misalignedLamp(randomFrom(i)).corner,
  }))
  const worstAligned = Math.min(...corners.map(({ aligned }) => aligned))
  const bestMisaligned = Math.max(...corners.map(({ misaligned }) => misaligned))
  expect(worstAligned - bestMisaligned).toBeGreaterThan(0.4)
})
