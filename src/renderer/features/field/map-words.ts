import type { MapKind } from './field-state.ts'

interface MapWords {
  /** As it is chosen. */
  readonly title: string
  /** As it stands before a value. */
  readonly name: string
}

export const MAP_WORDS: Readonly<Record<MapKind, MapWords>> = {
  sharpness: { title: 'local sharpness', name: 'sharpness' },
  saturation: { title: 'saturation', name: 'saturated' },
  entropy: { title: 'Uncertainty', name: 'uncertainty' },
  'mutual-information': { title: 'Disagreement', name: 'disagreement' },
  foreground: { title: 'Foreground probability', name: 'foreground' },
  saliency: { title: 'Saliency: what decided', name: 'saliency' },
  'class-activation': { title: 'Class activation', name: 'activation' },
}

/** `0.42`: two digits are what 8 bits have. */
export function mapValueText(value: number): string {
  if (Number.isNaN(value)) return 'cannot tell'
  return value >= 0.1 || value === 0 ? value.toFixed(2) : String(Number(value.toPrecision(2)))
}
