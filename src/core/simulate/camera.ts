import type { FloatImage } from '../image/blur.ts'
import type { Plane } from '../image/plane.ts'
import type { Random } from './random.ts'

export interface Camera {
  /** Share of the photons that become electrons. */
  readonly quantumEfficiency: number
  /** Electrons that a pixel holds. */
  readonly fullWell: number
  /** Standard deviation in electrons. */
  readonly readNoise: number
  /** Electrons for one grey level. */
  readonly gain: number
  /** Grey level of darkness. */
  readonly offset: number
  /** Of the converter; both are stored in 16 bits. */
  readonly bits: 12 | 16
}

/** A scientific CMOS camera as on plate readers (after the data sheet of Hamamatsu's ORCA-Flash4.0). */
export const SCIENTIFIC_CMOS: Camera = {
  quantumEfficiency: 0.72,
  fullWell: 30_000,
  readNoise: 1.6,
  gain: 0.46,
  offset: 100,
  bits: 16,
}

/** From this mean on a Poisson number is as good as a rounded normal one. */
const NORMAL_FROM_MEAN = 30

/**
 * Shot noise, full well, read noise, offset and conversion, in this order.
 *
 * Where there is light enough, shot noise and read noise are drawn as one normal number of their common variance.
 */
export function exposeCamera(light: FloatImage, camera: Camera, random: Random): Plane {
  const { quantumEfficiency, fullWell, readNoise, gain, offset } = camera
  const { width, height, pixels: photons } = light
  const fullScale = 2 ** camera.bits - 1
  const readVariance = readNoise * readNoise
  const pixels = new Uint16Array(photons.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const mean = quantumEfficiency * photons[i]!
    const electrons =
      mean >= NORMAL_FROM_MEAN
        ? mean + Math.sqrt(mean + readVariance) * random.normal()
        : random.poisson(mean) + readNoise * random.normal()
    const level = Math.floor(offset + (electrons < fullWell ? electrons : fullWell) / gain + 0.5)
    pixels[i] = level < 0 ? 0 : level > fullScale ? fullScale : level
  }
  return { width, height, pixels, fullScale }
}
