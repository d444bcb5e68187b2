import type { Labels } from '../image/labels.ts'
import type { Plane } from '../image/plane.ts'
import { wellName } from '../plate/well.ts'
import { exposeCamera, type Camera } from './camera.ts'
import type { Channel } from './channel.ts'
import type { Defect } from './defects.ts'
import { gatherLight } from './gather-light.ts'
import type { Optics } from './optics.ts'
import type { PlannedField } from './plan-plate.ts'
import type { Settlement } from './place-nuclei.ts'
import { randomFrom } from './random.ts'
import { growSpecimen } from './specimen.ts'

export interface FieldOrder extends PlannedField {
  /** Of the plate. A field depends on it and on its own place, and on no other field. */
  readonly seed: number
  readonly width: number
  readonly height: number
  readonly optics: Optics
  readonly camera: Camera
}

export interface SimulatedPlane {
  readonly channel: Channel
  readonly defects: readonly Defect[]
  /** Distance of the focal plane from the middle of the cells, in µm. */
  readonly defocus: number
  readonly plane: Plane
}

export interface SimulatedField {
  readonly planes: readonly SimulatedPlane[]
  /** Nuclei as they are, whatever the planes still show of them. */
  readonly labels: Labels
}

/** Images one site of a plate whose every nucleus is known. */
export function simulateField(order: FieldOrder): SimulatedField {
  const { seed, site, width, height, optics, camera } = order
  const well = wellName(order.well)
  const empty = order.planes.some(({ defects }) => defects.includes('empty'))
  const settlement = empty ? NOBODY : settlementOf(seed, well)
  const frame = { width, height, pixelSize: optics.pixelSize }
  const specimen = growSpecimen(frame, settlement, [seed, well, site])
  const planes = order.planes.map(({ channel, defects }): SimulatedPlane => {
    const focus = randomFrom(seed, well, site, 'focus')
    const failed = defects.includes('defocus')
    const defocus = channel.focalShift + (failed ? missedFocus(focus) : foundFocus(focus))
    const light = gatherLight({ seed, well, site, specimen, optics, channel, defects, defocus })
    const noise = randomFrom(seed, well, site, channel.name, 'noise')
    return { channel, defects, defocus, plane: exposeCamera(light, camera, noise) }
  })
  return { planes, labels: specimen.labels }
}

const NOBODY: Settlement = {
  cellsPerSquareMillimetre: 0,
  clustering: 0,
  vitality: { mitotic: 0, apoptotic: 0 },
}

/** Wells differ in how many cells settled; in a few a substance has killed most. */
function settlementOf(seed: number, well: string): Settlement {
  const random = randomFrom(seed, well, 'settlement')
  const density = 560 * Math.exp(0.3 * random.normal())
  const poisoned = random.chance(0.06)
  return {
    cellsPerSquareMillimetre: poisoned ? 0.25 * density : density,
    clustering: random.between(0.25, 0.6),
    vitality: { mitotic: 0.025, apoptotic: poisoned ? 0.3 : 0.02 },
  }
}

/** What is left of defocus where the autofocus works, in µm. */
function foundFocus(random: ReturnType<typeof randomFrom>): number {
  return Math.max(-1, Math.min(1, 0.4 * random.normal()))
}

/** Where it took hold of something else: 6 to 30 µm on either side. */
function missedFocus(random: ReturnType<typeof randomFrom>): number {
  return (random.chance(0.5) ? 1 : -1) * 6 * 5 ** random.uniform()
}
