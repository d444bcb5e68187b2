import { gaussianBlur } from '#core/image/blur.ts'
import type { Plane } from '#core/image/plane.ts'

/** What to draw: round nuclei of even brightness under a camera with known noise. */
export interface NucleiField {
  readonly width: number
  readonly height: number
  readonly nuclei: number
  /** Pixels. */
  readonly radius: number
  /** Photo-electrons per pixel of a nucleus, above the background. */
  readonly signal: number
  /** Photo-electrons per pixel where nothing lies. */
  readonly background: number
  /** Standard deviation of the Gaussian that stands for the optics, in pixels. */
  readonly blur: number
  /** Counts the camera adds to every pixel. */
  readonly offset: number
  /** Counts per photo-electron. */
  readonly gain: number
  /** Standard deviation, in photo-electrons. */
  readonly readNoise: number
  /** Share of the light that is left at a point, x and y from −1 to 1. */
  readonly shading: (x: number, y: number) => number
  readonly seed: number
}

export const standardField: NucleiField = {
  width: 512,
  height: 512,
  nuclei: 60,
  radius: 10,
  signal: 600,
  background: 60,
  blur: 1,
  offset: 100,
  gain: 1,
  readNoise: 2,
  shading: () => 1,
  seed: 1,
}

/** A 16-bit plane of nuclei at random places; the same field gives the same pixels. */
export function drawNucleiField(change: Partial<NucleiField> = {}): Plane {
  const field = { ...standardField, ...change }
  const { width, height, offset, gain, readNoise } = field
  const random = uniform(field.seed)
  const light = exposed(field, random)
  const pixels = new Uint16Array(width * height)
  for (let i = 0; i < pixels.length; i += 1) {
    const electrons = poisson(light[i]!, random) + readNoise * normal(random)
    pixels[i] = Math.min(65535, Math.max(0, Math.round(offset + gain * electrons)))
  }
  return { width, height, pixels, fullScale: 65535 }
}

/** Photo-electrons expected in each pixel. */
function exposed(field: NucleiField, random: () => number): Float32Array {
  const { width, height, nuclei, radius, signal, background, blur, shading } = field
  const objects = new Float32Array(width * height)
  for (let n = 0; n < nuclei; n += 1) {
    const centreX = random() * width
    const centreY = random() * height
    for (let y = Math.ceil(centreY - radius); y <= centreY + radius; y += 1) {
      if (y < 0 || y >= height) continue
      for (let x = Math.ceil(centreX - radius); x <= centreX + radius; x += 1) {
        if (x < 0 || x >= width) continue
        if ((x - centreX) ** 2 + (y - centreY) ** 2 <= radius ** 2) objects[y * width + x] = signal
      }
    }
  }
  const { pixels } = gaussianBlur({ width, height, pixels: objects }, blur)
  return pixels.map((light, i) => {
    const x = (2 * (i % width)) / width - 1
    const y = (2 * Math.floor(i / width)) / height - 1
    return (light + background) * shading(x, y)
  })
}

/** Mulberry32: uniform in 0…1 from a 32-bit seed. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Standard normal, Box and Muller (1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Knuth's product for small means, the normal approximation from 30 on. */
function poisson(mean: number, random: () => number): number {
  if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}
