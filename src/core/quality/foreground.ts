import type { Background } from './background.ts'
import { lightAt, stabiliser, unstabiliser, type CameraNoise } from './camera-noise.ts'
import type { Scale } from './stabilised.ts'

/** The light of an object is taken from its brighter part, above four fifths of what is significant. */
const OBJECT_QUANTILE = 0.8
/** An object ends where it has a third of its light; what is dimmer is its halo. */
const OBJECT_EDGE = 1 / 3
const PIXELS_READ = 50_000

/**
 * Share of the field, 0 to 1, that is brighter (or darker) than the background by more than noise.
 *
 * A test against noise and not Otsu's threshold, which splits an empty field too.
 * @param significance multiple of the noise of a smoothed pixel.
 */
export function measureForeground(
  { level, residual }: Background,
  coarse: Scale,
  noise: CameraNoise,
  significance: number,
): number | null {
  if (level === null) return null
  const least = significance * Math.sqrt(coarse.noise.level)
  const bright = significant(residual, least)
  const toLevel = stabiliser(noise)
  const background = toLevel(level)
  const object = bright[Math.floor(OBJECT_QUANTILE * bright.length)] ?? 0
  const backgroundLight = lightAt(noise, level)
  const objectLight = lightAt(noise, unstabiliser(noise)(background + object))
  const edge = level + OBJECT_EDGE * (objectLight - backgroundLight)
  const threshold = Math.max(least, toLevel(edge) - background)
  let covered = 0
  for (let i = 0; i < residual.length; i += 1) {
    if (Math.abs(residual[i]!) > threshold) covered += 1
  }
  return covered / residual.length
}

/** What lies above a level, sorted; of a large field a part that shows its distribution. */
function significant(residual: Float32Array, least: number): Float32Array {
  const step = Math.ceil(residual.length / PIXELS_READ)
  const found: number[] = []
  for (let i = 0; i < residual.length; i += step) {
    if (residual[i]! > least) found.push(residual[i]!)
  }
  return Float32Array.from(found).sort()
}
