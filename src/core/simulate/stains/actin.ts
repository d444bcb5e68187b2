import { smoothNoise } from '../noise.ts'
import type { Specimen } from '../specimen.ts'
import { paintBodies } from './paint-bodies.ts'

/** Distance between stress fibres, and the length over which one keeps its strength, in µm. */
const FIBRE_SPACING = 1.8
const FIBRE_LENGTH = 22
/** Uneven strength of fibres and cortex, in µm. */
const PATCH = 9

/** Phalloidin: stress fibres along the cell, a bright cortex where it ends or meets another. */
export function stainActin(specimen: Specimen): Float32Array {
  const axes = specimen.nuclei.map(({ angle }) => ({ cos: Math.cos(angle), sin: Math.sin(angle) }))
  const axisOf = new Map(specimen.nuclei.map((nucleus, i) => [nucleus, axes[i]!]))
  return paintBodies(specimen, ({ x, y, remoteness, atBorder, nucleus, seed }) => {
    const { cos, sin } = axisOf.get(nucleus)!
    const along = (x * cos + y * sin) / FIBRE_LENGTH
    const across = (y * cos - x * sin) / FIBRE_SPACING
    const fibre = (1 - Math.abs(smoothNoise(seed + 2, along, across))) ** 6
    const patch = 1 + 0.8 * smoothNoise(seed + 5, x / PATCH, y / PATCH)
    const cortex = atBorder ? 0.55 : 0.7 * Math.max(0, remoteness - 0.7)
    return 0.22 + patch * (0.5 * fibre * (0.3 + remoteness) + cortex)
  })
}
