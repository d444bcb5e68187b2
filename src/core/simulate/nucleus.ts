import type { Place } from './frame.ts'
import { drawOutline, type Outline, type OutlineShape } from './outline.ts'
import type { Random } from './random.ts'

export type NucleusState = 'interphase' | 'mitotic' | 'apoptotic'

/** A nucleolus: dark with a DNA stain, bright with an RNA stain. */
export interface Nucleolus {
  /** Offset from the centre of the nucleus, in µm. */
  readonly dx: number
  readonly dy: number
  /** In µm. */
  readonly radius: number
}

/** A nucleus before it has a place. Lengths are in µm. */
export interface NucleusBody {
  readonly state: NucleusState
  readonly outline: Outline
  /** Direction of the long axis, in radians. */
  readonly angle: number
  /** DNA above a unit of area, 1 for a typical nucleus before replication. */
  readonly density: number
  /** Relative contrast of the chromatin. */
  readonly graininess: number
  /** Relative brightness of the bright grains of packed chromatin. */
  readonly chromocentres: number
  readonly nucleoli: readonly Nucleolus[]
  /** Of its textures. */
  readonly seed: number
}

export interface Nucleus extends NucleusBody, Place {}

/** Shares of states among the cells of a healthy culture. */
export interface Vitality {
  readonly mitotic: number
  readonly apoptotic: number
}

/** Projected area before replication in µm², as of U2OS; its logarithm varies by ±0.2. */
const TYPICAL_AREA = 225
const AREA_SPREAD = 0.2

export function drawNucleus({ mitotic, apoptotic }: Vitality, random: Random): NucleusBody {
  const fate = random.uniform()
  if (fate < mitotic) return drawMitotic(random)
  if (fate < mitotic + apoptotic) return drawApoptotic(random)
  return drawInterphase(random)
}

function drawInterphase(random: Random): NucleusBody {
  const dna = drawDnaContent(random)
  // The area grows less than the DNA does, so replicated nuclei are brighter too.
  const area = TYPICAL_AREA * dna ** 0.75 * Math.exp(AREA_SPREAD * random.normal())
  const elongation = 1.1 + 0.35 * Math.abs(random.normal())
  const odd = random.chance(0.1)
  const angle = random.between(0, Math.PI)
  const outline = drawOutline(
    {
      ...semiAxes(area, elongation),
      angle,
      wobble: odd ? 0.085 : 0.042,
      dent: random.chance(0.22) ? random.between(0.1, 0.32) : 0,
    },
    random,
  )
  return {
    state: 'interphase',
    outline,
    angle,
    density: ((dna * TYPICAL_AREA) / area) * Math.exp(0.13 * random.normal()),
    graininess: 0.07 + 0.05 * Math.abs(random.normal()),
    chromocentres: random.chance(0.25) ? random.between(0.2, 0.6) : random.between(0, 0.1),
    nucleoli: drawNucleoli(outline, random),
    seed: random.below(2 ** 32),
  }
}

/** G1, S and G2 of an unsynchronised culture, before replication 1 and after it 2. */
function drawDnaContent(random: Random): number {
  const phase = random.uniform()
  if (phase < 0.58) return 1
  return phase < 0.8 ? random.between(1, 2) : 2
}

/** The plate of metaphase, or one of the two of anaphase: narrow, dense and without nucleoli. */
function drawMitotic(random: Random): NucleusBody {
  const angle = random.between(0, Math.PI)
  const shape = {
    semiMajor: random.between(5, 7.5),
    semiMinor: random.between(1.7, 3),
    angle,
    wobble: 0.09,
    dent: 0,
  }
  return condensed('mitotic', shape, random.between(2.2, 3.2), random)
}

/** Shrunken, lumpy and very bright. */
function drawApoptotic(random: Random): NucleusBody {
  const radius = random.between(2.6, 5)
  const angle = random.between(0, Math.PI)
  const elongation = random.between(1, 1.9)
  const shape = {
    ...semiAxes(Math.PI * radius * radius, elongation),
    angle,
    wobble: random.between(0.05, 0.25),
    dent: random.chance(0.4) ? random.between(0.2, 0.5) : 0,
  }
  return condensed('apoptotic', shape, random.between(2.2, 4.5), random)
}

function condensed(
  state: NucleusState,
  shape: OutlineShape,
  density: number,
  random: Random,
): NucleusBody {
  return {
    state,
    outline: drawOutline(shape, random),
    angle: shape.angle,
    density,
    graininess: 0.12,
    chromocentres: 0.2,
    nucleoli: [],
    seed: random.below(2 ** 32),
  }
}

function drawNucleoli(outline: Outline, random: Random): readonly Nucleolus[] {
  const narrowest = outline.radii.reduce((least, radius) => Math.min(least, radius))
  return Array.from({ length: 1 + random.poisson(1.6) }, () => {
    const direction = random.between(0, 2 * Math.PI)
    const distance = 0.75 * narrowest * Math.sqrt(random.uniform())
    return {
      dx: distance * Math.cos(direction),
      dy: distance * Math.sin(direction),
      radius: random.between(0.8, 1.9),
    }
  })
}

function semiAxes(area: number, elongation: number): { semiMajor: number; semiMinor: number } {
  const radius = Math.sqrt(area / Math.PI)
  return { semiMajor: radius * Math.sqrt(elongation), semiMinor: radius / Math.sqrt(elongation) }
}
