import type { FieldDetails } from '#contract/fields.ts'
import type { PixelRequest } from '#contract/pixels.ts'
import type { PlaneRow } from '#contract/plates.ts'
import type { MapKind, MapSubject } from './field-state.ts'

/** A map that somebody wants to see: what it is of, and its address. */
export interface WishedMap {
  readonly subject: MapSubject
  readonly request: PixelRequest
}

/**
 * A map of one plane, or one that networks made of the field; null where there is none of this kind.
 *
 * @param plane the one that a question about the field is about
 */
export function wishedMap(
  kind: MapKind,
  { prediction, field }: FieldDetails,
  plane: PlaneRow | null,
): WishedMap | null {
  if (kind === 'sharpness' || kind === 'saturation') {
    if (plane === null) return null
    const { planeId, channel, version } = plane
    return {
      subject: { of: 'plane', kind, planeId, channel },
      request: { kind: 'map', planeId, version, map: kind },
    }
  }
  if (prediction?.maps.includes(kind) !== true) return null
  const { record } = prediction
  return {
    subject: { of: 'prediction', kind, record, channel: field.objects?.channel ?? null },
    request: { kind: 'prediction-map', record, map: kind },
  }
}
