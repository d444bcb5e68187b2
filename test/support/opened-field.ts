import type { PlaneDescription } from '#contract/pixels.ts'
import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import type { FieldId, PlaneId, PlateId } from '#core/brand.ts'
import { ok } from '#core/fault.ts'
import type { OpenedField } from '../../src/renderer/features/field/picture.ts'

/** A plane that passes, as the contract gives it. */
export function planeRow(planeId: number, more: Partial<PlaneRow> = {}): PlaneRow {
  return {
    planeId: planeId as PlaneId,
    channel: 'DAPI',
    z: 0,
    projection: false,
    state: 'pass',
    reasons: [],
    message: null,
    supersedes: null,
    supersededBy: null,
    decision: null,
    image: { width: 2160, height: 2160, bits: 16 },
    version: `${planeId}`.padStart(16, '0'),
    pixelSize: null,
    position: null,
    takenAt: null,
    ...more,
  }
}

export function fieldRow(planes: readonly PlaneRow[], more: Partial<FieldRow> = {}): FieldRow {
  return {
    fieldId: 1 as FieldId,
    plateId: 1 as PlateId,
    name: 'B03_s2',
    well: 'B03',
    site: 2,
    t: 0,
    acquisition: 0,
    planes: [...planes],
    objects: null,
    ...more,
  }
}

export const DESCRIPTION: PlaneDescription = {
  width: 2160,
  height: 2160,
  bits: 16,
  type: 'uint16',
  fullScale: 4095,
  levels: 2,
  pixelSize: 0.65,
  percentiles: [
    { percent: 0, value: 90 },
    { percent: 0.1, value: 100 },
    { percent: 99.9, value: 2000 },
    { percent: 100, value: 4095 },
  ],
  histogram: Array.from({ length: 256 }, () => 1),
}

/** A field of which every plane is known. */
export function openedField(field: FieldRow): OpenedField {
  return {
    details: {
      field,
      plate: 'BR00117',
      metrics: {},
      imaging: { instrument: 'ImageXpress', namedBy: 'index', facts: null },
      prediction: null,
      previous: null,
      next: null,
      runs: [{ fieldId: field.fieldId, acquisition: field.acquisition }],
    },
    described: new Map(field.planes.map(({ planeId }) => [planeId, ok(DESCRIPTION)])),
  }
}
