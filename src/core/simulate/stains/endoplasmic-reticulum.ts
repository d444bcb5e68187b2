import { smoothNoise } from '../noise.ts'
import type { Specimen } from '../specimen.ts'
import { paintBodies } from './paint-bodies.ts'

/** Mesh of the reticulum, and its uneven spread, in µm. */
const MESH = 1.5
const PATCH = 6

/** Concanavalin A: a net that is dense around the nucleus and thins out towards the edge of the cell. */
export function stainEndoplasmicReticulum(specimen: Specimen): Float32Array {
  return paintBodies(specimen, ({ x, y, remoteness, inNucleus, seed }) => {
    const mesh = 1 - 1.6 * Math.abs(smoothNoise(seed, x / MESH, y / MESH))
    const patch = smoothNoise(seed + 1, x / PATCH, y / PATCH)
    const height = (1 - remoteness) ** 1.8 + 0.1
    return (inNucleus ? 0.42 : 1) * height * (1 + 0.4 * mesh + 0.4 * patch)
  })
}
