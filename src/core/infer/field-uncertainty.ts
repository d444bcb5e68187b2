import type { Labels } from '../image/labels.ts'
import type { Agreement } from './agreement.ts'
import type { ObjectUncertainty, UncertaintyMaps } from './object-uncertainty.ts'

/** What makes a field uncertain, each 0 to 1, 1 the worst. */
export interface FieldComponents {
  /** 1 − mean of the members' mean IoU and pairwise F1 at IoU 0.5 and 0.7; 0 where there is one pass. */
  readonly disagreement: number
  /** 1 − mean score of the objects; 0 without objects. */
  readonly objects: number
  /** Mean mutual information of the pixels that may be foreground. */
  readonly pixelDisagreement: number
  /** Mean entropy of the pixels that may be foreground: blur and noise, about which all passes agree. */
  readonly ambiguity: number
  /** Share of the likely foreground that no object took up. */
  readonly missed: number
  /** How far the field is beyond what the network was trained on: 0 up to the 90th percentile of novelty, 1 at its end. */
  readonly novelty: number
}

export type FieldComponent = keyof FieldComponents

export interface FieldUncertainty {
  readonly components: FieldComponents
  /** 0 to 1, 1 the worst: see `weighComponents`. */
  readonly uncertainty: number
}

/** How much each component counts, none negative; 0 leaves it out. */
export type FieldWeights = Readonly<Record<FieldComponent, number>>

/**
 * What members find differently and how sure they are of their objects foretell errors best; what is missed and
 * what is unlike the training images tell apart the fields in which all members make the same mistake.
 *
 * Chosen on groups that the networks were not trained on, and on fields out of focus, stained and in brightfield.
 * Mutual information and entropy count nothing: along outlines there is much of both, right or wrong.
 */
export const FIELD_WEIGHTS: FieldWeights = {
  disagreement: 2,
  objects: 2,
  pixelDisagreement: 0,
  ambiguity: 0,
  missed: 1,
  novelty: 0.3,
}

export interface FieldEvidence {
  readonly labels: Labels
  readonly maps: UncertaintyMaps
  readonly objects: ObjectUncertainty
  /** Of the members or passes; null where there is one. */
  readonly agreement: Agreement | null
  /** Share of known fields that are less unusual, 0 to 1; null where the network cannot say. */
  readonly novelty: number | null
  /** Area of an object in pixels, below which foreground outside of objects hardly counts. */
  readonly typicalArea: number
}

/** Below this probability of foreground a pixel is background, however many there are of them. */
const POSSIBLE = 0.1
/** From here on a pixel is more likely foreground than not. Less counts nothing as missed: all outlines have it. */
const LIKELY = 0.5
/** Novelty up to here is that of nine of ten fields of other experiments, and says nothing. */
const KNOWN = 0.9

/** A component counts as no more than this, so that the others still order fields that are beyond hope. */
const WORST = 0.99

/** How far a field's objects are in doubt; also where there are none. Orders fields, is no probability. */
export function fieldUncertainty(
  evidence: FieldEvidence,
  weights: FieldWeights = FIELD_WEIGHTS,
): FieldUncertainty {
  const components = fieldComponents(evidence)
  return { components, uncertainty: weighComponents(components, weights) }
}

/**
 * 1 − Π (1 − component)^weight, 0 to 1: each component takes its share of what trust the others left.
 *
 * The product foretells F1, so that weights can be fitted by non-negative least squares of log F1 on
 * log (1 − component) over fields whose truth is known.
 * @throws RangeError for negative weights.
 */
export function weighComponents(components: FieldComponents, weights: FieldWeights): number {
  const trust = (value: number, weight: number): number => {
    if (!(weight >= 0)) throw new RangeError(`A weight of ${weight}`)
    return weight * Math.log1p(-Math.min(WORST, value))
  }
  return -Math.expm1(
    trust(components.disagreement, weights.disagreement) +
      trust(components.objects, weights.objects) +
      trust(components.pixelDisagreement, weights.pixelDisagreement) +
      trust(components.ambiguity, weights.ambiguity) +
      trust(components.missed, weights.missed) +
      trust(components.novelty, weights.novelty),
  )
}

function fieldComponents({
  labels,
  maps,
  objects,
  agreement,
  novelty,
  typicalArea,
}: FieldEvidence): FieldComponents {
  const { foreground, entropy, mutualInformation } = maps
  let possible = 0
  let entropySum = 0
  let informationSum = 0
  let inside = 0
  let outside = 0
  for (let i = 0; i < foreground.length; i += 1) {
    const p = foreground[i]!
    const taken = labels.pixels[i] !== 0
    if (p < POSSIBLE && !taken) continue
    possible += 1
    entropySum += entropy[i]!
    informationSum += mutualInformation[i]!
    if (taken) inside += p
    else if (p >= LIKELY) outside += p
  }
  // As if one more object were there, of which nothing is in doubt: a speck in an empty field is but a speck.
  const pixels = possible + typicalArea
  return {
    disagreement: agreement === null ? 0 : 1 - agreed(agreement),
    objects: objects.count === 0 ? 0 : 1 - meanOf(objects.score),
    pixelDisagreement: informationSum / pixels,
    ambiguity: entropySum / pixels,
    missed: outside / (inside + outside + typicalArea),
    novelty: novelty === null ? 0 : Math.max(0, (novelty - KNOWN) / (1 - KNOWN)),
  }
}

function agreed({ meanIou, f1At50, f1At70 }: Agreement): number {
  return (meanIou + f1At50 + f1At70) / 3
}

export interface WellUncertainty {
  /** Mean over the fields, 0 to 1. */
  readonly uncertainty: number
  /** The most uncertain field's. */
  readonly worst: number
  readonly fields: number
}

/** Null for a well of which no field was predicted. */
export function wellUncertainty(fields: readonly number[]): WellUncertainty | null {
  if (fields.length === 0) return null
  return { uncertainty: meanOf(fields), worst: Math.max(...fields), fields: fields.length }
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += values[i]!
  return sum / values.length
}
