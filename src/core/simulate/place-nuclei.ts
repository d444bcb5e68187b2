import type { Labels } from '../image/labels.ts'
import { visitInside, type Frame, type Place } from './frame.ts'
import { drawNucleus, type Nucleus, type NucleusBody, type Vitality } from './nucleus.ts'
import { reach } from './outline.ts'
import type { Random } from './random.ts'

export interface Settlement {
  /** Cells on a square millimetre, where they find room. */
  readonly cellsPerSquareMillimetre: number
  /** Share of the nuclei that settle against another. */
  readonly clustering: number
  readonly vitality: Vitality
}

export interface PlacedNuclei {
  /** Nucleus i has label i + 1. */
  readonly nuclei: readonly Nucleus[]
  readonly labels: Labels
}

/** Nuclei may lie this far outside the frame and still show an edge, in µm. */
const MARGIN = 8
/** Less than this of a nucleus in the frame is nothing anybody would outline, in µm². */
const LEAST_VISIBLE_AREA = 8
const ATTEMPTS = 15
/** Of the dividing cells, those whose chromosomes have parted. */
const ANAPHASE_SHARE = 0.35

interface Ground {
  readonly frame: Frame
  /** Label of the nucleus that covers each pixel. */
  readonly pixels: Uint32Array
  readonly nuclei: Nucleus[]
}

/** Settles nuclei on the bottom of a well: alone, against each other, cut by the edge, never on top of each other. */
export function placeNuclei(frame: Frame, settlement: Settlement, random: Random): PlacedNuclei {
  const { width, height, pixelSize } = frame
  const ground: Ground = { frame, pixels: new Uint32Array(width * height), nuclei: [] }
  const area = (width * pixelSize + 2 * MARGIN) * (height * pixelSize + 2 * MARGIN)
  const wanted = random.poisson((settlement.cellsPerSquareMillimetre * area) / 1e6)
  for (let i = 0; i < wanted; i += 1) settleOne(ground, settlement, random)
  const { pixels, nuclei } = ground
  return { nuclei, labels: { width, height, pixels, count: nuclei.length } }
}

/** Where there is no room after some attempts, the cell does not settle. */
function settleOne(ground: Ground, { clustering, vitality }: Settlement, random: Random): void {
  const { frame, nuclei } = ground
  const body = drawNucleus(vitality, random)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const against = nuclei.length > 0 && random.chance(clustering)
    const neighbour = against ? nuclei[random.below(nuclei.length)]! : null
    const place = neighbour === null ? anywhere(frame, random) : beside(neighbour, body, random)
    if (!cover(ground, { ...body, ...place })) continue
    if (body.state === 'mitotic' && random.chance(ANAPHASE_SHARE)) {
      const sister = { ...body, seed: random.below(2 ** 32) }
      cover(ground, { ...sister, ...across(body, place, random.between(6, 10)) })
    }
    return
  }
}

/** Gives a nucleus its pixels if they are free; says whether it could. */
function cover({ frame, pixels, nuclei }: Ground, nucleus: Nucleus): boolean {
  if (!isFree(frame, pixels, nucleus)) return false
  nuclei.push(nucleus)
  visitInside(frame, nucleus.outline, nucleus, pixel => {
    pixels[pixel] = nuclei.length
  })
  return true
}

/** Whether enough of it shows, and nothing of it lies on another. */
function isFree(frame: Frame, pixels: Uint32Array, nucleus: Nucleus): boolean {
  let visible = 0
  const alone = visitInside(frame, nucleus.outline, nucleus, i => {
    visible += 1
    return pixels[i] === 0
  })
  return alone && visible * frame.pixelSize * frame.pixelSize >= LEAST_VISIBLE_AREA
}

function anywhere({ width, height, pixelSize }: Frame, random: Random): Place {
  return {
    x: random.between(-MARGIN, width * pixelSize + MARGIN),
    y: random.between(-MARGIN, height * pixelSize + MARGIN),
  }
}

/** Touching, or with a gap as narrow as cells leave between nuclei. */
function beside(neighbour: Nucleus, body: NucleusBody, random: Random): Place {
  const direction = random.between(0, 2 * Math.PI)
  const dx = Math.cos(direction)
  const dy = Math.sin(direction)
  const gap = random.chance(0.5) ? random.between(-0.5, 0.7) : random.between(0.7, 6)
  const distance = reach(neighbour.outline, dx, dy) + reach(body.outline, -dx, -dy) + gap
  return { x: neighbour.x + distance * dx, y: neighbour.y + distance * dy }
}

/** The sister plate of anaphase stands parallel, this far away. */
function across({ angle }: NucleusBody, { x, y }: Place, distance: number): Place {
  return { x: x - distance * Math.sin(angle), y: y + distance * Math.cos(angle) }
}
