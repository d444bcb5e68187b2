import type { FloatImage } from '../image/blur.ts'
import { BUBBLE_DEFOCUS, drawBubble, lookThroughBubble } from './bubble.ts'
import type { Channel } from './channel.ts'
import { drawDebris } from './debris.ts'
import type { Defect } from './defects.ts'
import { alignedLamp, illuminate, misalignedLamp } from './illumination.ts'
import { drawDrift, smear } from './motion.ts'
import { formImage, type Optics } from './optics.ts'
import { randomFrom, type Random } from './random.ts'
import type { Specimen } from './specimen.ts'

/** One channel of one site, under the microscope. */
export interface Shot {
  readonly seed: number
  readonly well: string
  readonly site: number
  readonly specimen: Specimen
  readonly optics: Optics
  readonly channel: Channel
  readonly defects: readonly Defect[]
  /** In µm. */
  readonly defocus: number
}

/** Photons that reach each pixel of the camera, from the stain to the lamp. */
export function gatherLight(shot: Shot): FloatImage {
  const { seed, well, site, channel } = shot
  const random = (...what: readonly string[]): Random => randomFrom(seed, well, site, ...what)
  const has = (defect: Defect): boolean => shot.defects.includes(defect)
  const stained = channel.stain(shot.specimen)
  let image = see(shot, stained, shot.defocus)
  if (has('debris')) {
    for (const { light, height } of drawDebris(shot.specimen.frame, random('debris'))) {
      addTo(image, see(shot, light, shot.defocus + height))
    }
  }
  image = amplify(image, channel.photons * stainingOf(shot), channel.background)
  if (has('bubble')) {
    const bubble = drawBubble(image.width, image.height, random('bubble'))
    const behind = see(shot, stained, shot.defocus + BUBBLE_DEFOCUS)
    const dim = amplify(behind, channel.photons * stainingOf(shot), channel.background)
    image = lookThroughBubble(image, dim, bubble, 0.5 * channel.photons)
  }
  if (has('motion')) image = smear(image, drawDrift(random(channel.name, 'motion')))
  if (has('vignette')) image = illuminate(image, misalignedLamp(random('vignette')))
  image = illuminate(image, alignedLamp(randomFrom(seed, channel.name, 'lamp')))
  return amplify(image, exposureOf(has, random(channel.name, 'exposure')), 0)
}

function see(
  { specimen, optics, channel }: Shot,
  pixels: Float32Array,
  defocus: number,
): FloatImage {
  const { width, height } = specimen.frame
  return formImage({ width, height, pixels }, optics, channel.emission, defocus)
}

function addTo({ pixels }: FloatImage, light: FloatImage): void {
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = pixels[i]! + light.pixels[i]!
}

function amplify({ width, height, pixels }: FloatImage, factor: number, base: number): FloatImage {
  const amplified = new Float32Array(pixels.length)
  for (let i = 0; i < pixels.length; i += 1) amplified[i] = factor * pixels[i]! + base
  return { width, height, pixels: amplified }
}

/** No two wells are stained alike. */
function stainingOf({ seed, well, channel }: Shot): number {
  return Math.exp(0.08 * randomFrom(seed, well, channel.name, 'staining').normal())
}

/** Light against that of a good exposure: far too long, or with a lamp that drops out. */
function exposureOf(has: (defect: Defect) => boolean, random: Random): number {
  const tooLong = has('saturation') ? random.between(40, 70) : 1
  return tooLong * (has('flicker') ? random.between(0.1, 0.3) : 1)
}
