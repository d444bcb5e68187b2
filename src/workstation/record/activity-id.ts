import type { RecordId, Sha256 } from '#core/brand.ts'
import type { Json } from '#core/canonical.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import type { FieldRow, PlaneRow } from '../store/fields.ts'
import { digestOf } from './digest.ts'

/** A stage as a record names it. */
export interface StageName {
  readonly id: string
  readonly version: number
}

/** What every identity of an activity holds: by which recipe and which stages. */
export interface Method {
  readonly recipeHash: Sha256
  readonly stages: readonly StageName[]
  /** Weights of the networks, in the order in which the recipe names them. */
  readonly networks?: readonly Sha256[]
}

/**
 * The identity of judging one plane: the same plane of the same file by the same method is one activity,
 * in every run and every store, so what is recorded is never done twice.
 */
export function qualityId(
  acquisition: AcquisitionRow,
  field: FieldRow,
  plane: PlaneRow,
  method: Method,
): RecordId {
  return activityId('quality', method, {
    ...subject(acquisition, field),
    plane: planeIdentity(plane),
  })
}

/** The identity of finding and measuring the objects of a field in just these planes. */
export function analysisId(
  acquisition: AcquisitionRow,
  field: FieldRow,
  planes: readonly PlaneRow[],
  segmented: string,
  method: Method,
): RecordId {
  return activityId('analysis', method, {
    ...subject(acquisition, field),
    segmented,
    planes: planes.map(planeIdentity),
    ...((method.networks ?? []).length > 0 && { networks: method.networks, ...sizes(planes) }),
  })
}

/** The identity of summarising just these analyses. */
export function aggregationId(
  acquisition: AcquisitionRow,
  analyses: readonly RecordId[],
  method: Method,
): RecordId {
  return activityId('aggregation', method, {
    ...subject(acquisition, null),
    analyses,
  })
}

/** Networks see an image at the scale that its pixels tell; the classical methods do not ask. */
function sizes(planes: readonly PlaneRow[]): Record<string, Json> {
  const pixelSizes = planes.map(({ pixelSize }) => pixelSize)
  return pixelSizes.every(size => size === null) ? {} : { pixelSizes }
}

function activityId(kind: string, { recipeHash, stages }: Method, about: Json): RecordId {
  const names = stages.map(({ id, version }) => ({ id, version }))
  return digestOf({ kind, recipe: recipeHash, stages: names, about }) as string as RecordId
}

function subject(acquisition: AcquisitionRow, field: FieldRow | null): Record<string, Json> {
  const { plate, uniqueId, folder } = acquisition
  return { plate, uniqueId, folder, field: field?.name ?? null }
}

function planeIdentity(plane: PlaneRow): Json {
  const { path, bytes, modified, page, channel, z, projection } = plane
  return { path, bytes, modified, page, channel, z, projection }
}
