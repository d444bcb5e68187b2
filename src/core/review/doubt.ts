import { assertNever } from '../fault.ts'

/** Why what networks say of a field is left to a person; kept in the store by these words. */
export const DOUBT_KINDS = ['field-uncertain', 'field-novel', 'objects-uncertain'] as const
export type DoubtKind = (typeof DOUBT_KINDS)[number]

export interface Doubt {
  readonly kind: DoubtKind
  /** What was found and what is allowed, 0 to 1; null where that was not kept. */
  readonly value: number | null
  readonly limit: number | null
}

/** A field of which networks have said how sure they are. */
export interface DoubtfulField {
  readonly reasons: readonly string[]
  /** 0 sure to 1 not at all. */
  readonly uncertainty: number
  /** 0 as in training to 1 never seen; null where that is not known. */
  readonly novelty: number | null
}

/** Up to where a field is used without asking, as its recipe says; null where it does not. */
export interface DoubtLimits {
  readonly uncertainty: number | null
  readonly novelty: number | null
}

/** The reasons of a field with what stands behind them. A reason that is none of {@link DOUBT_KINDS} is left out. */
export function doubtsOf(field: DoubtfulField, limits: DoubtLimits): readonly Doubt[] {
  return field.reasons.filter(isDoubtKind).map(kind => {
    switch (kind) {
      case 'field-uncertain':
        return { kind, value: field.uncertainty, limit: limits.uncertainty }
      case 'field-novel':
        return { kind, value: field.novelty, limit: limits.novelty }
      case 'objects-uncertain':
        return { kind, value: null, limit: null }
      default:
        return assertNever(kind)
    }
  })
}

export function isDoubtKind(word: string): word is DoubtKind {
  return DOUBT_KINDS.some(kind => kind === word)
}

/** All that is to be said of a doubt: `The network is unsure: uncertainty 0.62 of at most 0.50`. */
export function doubtText({ kind, value, limit }: Doubt): string {
  switch (kind) {
    case 'field-uncertain':
      return `The network is unsure${measuredText('uncertainty', value, limit)}`
    case 'field-novel':
      return `Unlike its training images${measuredText('novelty', value, limit)}`
    case 'objects-uncertain':
      return `The network is unsure of many objects${measuredText('share', value, limit)}`
    default:
      return assertNever(kind)
  }
}

/** A doubt in a few words, as it stands in a list. */
export function doubtWords(kind: DoubtKind): string {
  switch (kind) {
    case 'field-uncertain':
      return 'network unsure'
    case 'field-novel':
      return 'unlike its training images'
    case 'objects-uncertain':
      return 'unsure of objects'
    default:
      return assertNever(kind)
  }
}

/**
 * Where a field that only networks doubt stands in the queue: after whatever fails or cannot be judged, before what
 * nothing is wrong with; the most uncertain or unusual first.
 */
export function doubtSeverity({ uncertainty, novelty }: Omit<DoubtfulField, 'reasons'>): number {
  const doubt = Math.max(uncertainty, novelty ?? 0)
  return LEAST + (MOST - LEAST) * Math.min(Math.max(doubt, 0), 1)
}

/** Between the −1 of what cannot be judged and the −2 of what nothing is wrong with. */
const MOST = -1.1
const LEAST = -1.9

function measuredText(name: string, value: number | null, limit: number | null): string {
  if (value === null) return ''
  if (limit === null) return `: ${name} ${shareText(value)}`
  return `: ${name} ${shareText(value, limit)} of at most ${shareText(limit, value)}`
}

const FEWEST_DIGITS = 2
const MOST_DIGITS = 4

/**
 * A number from 0 to 1 in two digits; in more where it would look like another one that it is not: 1, or what it stands
 * beside. `0.62` beside `0.50`, but `0.997` beside `0.995`.
 */
export function shareText(value: number, beside = 1): string {
  const others = [1, beside].filter(other => other !== value)
  let digits = FEWEST_DIGITS
  const isMistaken = (other: number): boolean => value.toFixed(digits) === other.toFixed(digits)
  while (digits < MOST_DIGITS && others.some(isMistaken)) digits += 1
  return value.toFixed(digits)
}
