import { smoothNoise } from '../noise.ts'
import type { Specimen } from '../specimen.ts'
import { paintBodies } from './paint-bodies.ts'

/** Distance between neighbouring threads, in µm. */
const SPACING = 3.2

/** MitoTracker: winding threads around the nucleus, few towards the edge of the cell. */
export function stainMitochondria(specimen: Specimen): Float32Array {
  return paintBodies(specimen, ({ x, y, remoteness, inNucleus, seed }) => {
    if (inNucleus) return 0.1
    // The contour line of a landscape winds as a thread does.
    const level = Math.abs(smoothNoise(seed + 3, x / SPACING, y / SPACING))
    const thread = Math.max(0, 1 - level / 0.3)
    const crowd = (1 - remoteness) ** 1.6
    return 0.08 + 0.1 * crowd + 1.5 * crowd * thread
  })
}
