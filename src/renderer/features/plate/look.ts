import type { WellQuantity } from '#contract/plates.ts'
import type { ColourMapName } from '#core/plate/colour-maps.ts'
import type { ScaleLimits } from '#core/plate/colour-scale.ts'

/** What the colour of wells says. */
export type ColourBy =
  | { readonly kind: 'verdict' }
  | { readonly kind: 'progress' }
  | { readonly kind: 'objects' }
  | { readonly kind: 'quantity'; readonly quantity: WellQuantity }
  | { readonly kind: 'layout'; readonly column: string }

/** How plates are shown; all that are side by side alike. */
export interface Look {
  readonly show: 'colours' | 'thumbnails' | 'table'
  readonly colourBy: ColourBy
  /** Robust z over each plate instead of the values themselves. */
  readonly scores: boolean
  readonly limits: ScaleLimits
  readonly sequential: ColourMapName
  readonly diverging: ColourMapName
  /** Whether wells carry the mark of their verdict when their colour says something else. */
  readonly marks: boolean
  readonly thumbnails: ThumbnailLook
}

export interface ThumbnailLook {
  /** Null is the first of the plate. */
  readonly channel: string | null
  /** What is black and what is white: percentiles over the thumbnails of the plate. */
  readonly lowPercent: number
  readonly highPercent: number
}

export const DATA_LIMITS: ScaleLimits = { kind: 'data', lowPercent: 1, highPercent: 99 }

/** Where most wells of a plate without effects lie; what goes beyond stands out whatever the others are. */
export const SCORE_LIMITS: ScaleLimits = { kind: 'fixed', low: -3, high: 3 }

export const FIRST_LOOK: Look = {
  show: 'colours',
  colourBy: { kind: 'verdict' },
  scores: false,
  limits: DATA_LIMITS,
  sequential: 'viridis',
  diverging: 'coolwarm',
  marks: true,
  thumbnails: { channel: null, lowPercent: 1, highPercent: 99.5 },
}

/** The same text for the same numbers, so that a reply can be matched with what was asked. */
export function quantityKey(quantity: WellQuantity): string {
  return quantity.kind === 'metric'
    ? `metric/${quantity.metric}/${quantity.channel}/${quantity.statistic}`
    : `measure/${quantity.measure}/${quantity.statistic}`
}

/** A look after a change: scores and values are on scales of their own, so that going over takes fresh limits. */
export function changeLook(look: Look, change: Partial<Look>): Look {
  const next = { ...look, ...change }
  if (change.limits !== undefined || isScored(next) === isScored(look)) return next
  return { ...next, limits: isScored(next) ? SCORE_LIMITS : DATA_LIMITS }
}

/** Whether the colours are scores. */
export function isScored(look: Look): boolean {
  return look.scores && hasScores(look)
}

/** Whether the colours are numbers on a scale. */
export function hasScores({ colourBy }: Look): boolean {
  return colourBy.kind === 'objects' || colourBy.kind === 'quantity'
}
