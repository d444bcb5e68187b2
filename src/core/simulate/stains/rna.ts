import { smoothNoise } from '../noise.ts'
import type { Specimen } from '../specimen.ts'
import { paintBodies } from './paint-bodies.ts'

/** Uneven spread of ribosomes, in µm. */
const PATCH = 3

/** SYTO 14: bright nucleoli, a dimmer nucleus, an even cytoplasm. */
export function stainRna(specimen: Specimen): Float32Array {
  return paintBodies(specimen, ({ x, y, remoteness, inNucleus, nucleus, seed }) => {
    const patch = 1 + 0.25 * smoothNoise(seed + 4, x / PATCH, y / PATCH)
    if (!inNucleus) return patch * (0.15 + 0.75 * (1 - remoteness))
    let light = 0.45 * patch
    for (const { dx, dy, radius } of nucleus.nucleoli) {
      const squared = ((x - dx) ** 2 + (y - dy) ** 2) / (radius * radius)
      if (squared < 1) light = Math.max(light, 0.45 + 1.1 * (1 - squared * squared))
    }
    return light
  })
}
