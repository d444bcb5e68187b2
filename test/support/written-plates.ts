import type { AcquisitionId, FieldId, PlaneId, PlateId, RecordId, Sha256 } from '#core/brand.ts'
import { insertActivity, type ActivityRow } from '#workstation/store/activities.ts'
import { first, type WritableDb } from '#workstation/store/db.ts'
import { appendFault } from '#workstation/store/faults.ts'
import { enterField, enterPlane } from '#workstation/store/fields.ts'
import { appendFieldObjects, appendSummary } from '#workstation/store/objects.ts'
import { enterAcquisition, enterPlate } from '#workstation/store/plates.ts'
import { appendPrediction } from '#workstation/store/predictions.ts'
import { pixelFileOf } from '#workstation/store/pixel-files.ts'
import { keepRecipe } from '#workstation/store/recipes.ts'
import { appendVerdict, type VerdictWord } from '#workstation/store/verdicts.ts'

/** Writes plates and results into a store row by row, as intake and the recorder would. */
export interface PlateWriter {
  /** What comes from now on is by this recipe, named by a hexadecimal digit. */
  recipe(digit: string): Sha256
  plate(name?: string): PlateId
  /** The imaging run of a plate in a folder, the next one where the folder is new. */
  run(plateId: PlateId, folder: string, channels?: readonly string[]): AcquisitionId
  field(run: AcquisitionId, place: Partial<WrittenField>): FieldId
  /** A plane of a field; another version of its file when called again. */
  plane(fieldId: FieldId, place?: Partial<WrittenPlane & { readonly path: string }>): PlaneId
  /** A plane of a field by the same version of the same file as another. */
  identifiedAs(planeId: PlaneId, fieldId: FieldId, place?: Partial<WrittenPlane>): PlaneId
  verdict(planeId: PlaneId, verdict: VerdictWord, more?: Partial<WrittenVerdict>): RecordId
  fault(planeId: PlaneId, kind: string, passing?: boolean): void
  objects(fieldId: FieldId, planes: readonly PlaneId[], more?: Partial<WrittenObjects>): RecordId
  /** Objects that networks found, and what they said beside. */
  prediction(
    fieldId: FieldId,
    planes: readonly PlaneId[],
    more?: Partial<WrittenPrediction>,
  ): RecordId
  summary(run: AcquisitionId, more: WrittenSummary): RecordId
}

interface WrittenField {
  readonly name: string
  readonly well: string | null
  readonly site: number | null
  readonly t: number
}

interface WrittenPlane {
  readonly channel: string
  readonly z: number
  readonly projection: 0 | 1
}

interface WrittenVerdict {
  readonly reasons: readonly string[]
  readonly metrics: Readonly<Record<string, number | null>>
  readonly at: string
}

interface WrittenObjects {
  readonly count: number
  readonly measures: readonly unknown[]
}

interface WrittenPrediction {
  readonly decision: 'use' | 'review'
  readonly reasons: readonly string[]
  readonly uncertainty: number
  readonly novelty: number | null
  readonly fellBack: string | null
}

interface WrittenSummary {
  readonly by: readonly RecordId[]
  readonly wells: readonly {
    readonly well: string | null
    readonly fields: number
    readonly count: number
    readonly measures: readonly unknown[]
  }[]
}

export const WRITTEN_AT = '2026-03-01T08:00:00.000Z'

export function plateWriter(db: WritableDb): PlateWriter {
  let recipeHash = 'e'.repeat(64) as Sha256
  let count = 0
  keepRecipe(db, recipeHash, 'written', '{}')
  for (const id of [1, 2]) {
    db.prepare(`INSERT INTO agent (id, kind, name, detail) VALUES (?, 'software', 'test', ?)`).run(
      id,
      String(id),
    )
  }

  function activity(
    own: Pick<ActivityRow, 'kind'> & Partial<ActivityRow>,
    at: string = WRITTEN_AT,
  ): RecordId {
    count += 1
    const id = String(count).padStart(64, '0') as RecordId
    insertActivity(db, {
      id,
      planeId: null,
      fieldId: null,
      acquisitionId: null,
      recipeHash,
      stages: '[]',
      model: null,
      provider: 'cpu',
      threads: 1,
      seed: 0,
      softwareId: 1,
      personId: 2,
      machine: 'microscope-pc',
      startedAt: at,
      endedAt: at,
      outcome: 'done',
      digest: recipeHash,
      ...own,
    })
    return id
  }

  function objects(
    activityId: RecordId,
    fieldId: FieldId,
    planes: readonly PlaneId[],
    { count: objects = 10, measures = [] }: Partial<WrittenObjects> = {},
  ): RecordId {
    appendFieldObjects(db, {
      activityId,
      fieldId,
      planes: JSON.stringify(planes.map(planeId => ({ channel: 'DAPI', planeId }))),
      count: objects,
      diameter: null,
      measures: JSON.stringify(measures),
    })
    return activityId
  }

  return {
    recipe(digit) {
      recipeHash = digit.repeat(64) as Sha256
      keepRecipe(db, recipeHash, `written ${digit}`, '{}')
      return recipeHash
    },

    plate: (name = 'BR00117') => enterPlate(db, name, ''),

    run(plateId, folder, channels = ['DAPI', 'GFP']) {
      const run = { plateId, folder, instrument: 'imagexpress', namedBy: 'index' } as const
      return enterAcquisition(db, { ...run, expected: null, channels: JSON.stringify(channels) }).id
    },

    field(acquisitionId, { well = 'A01', site = 1, t = 1, name = `${well}_s${site}` }) {
      return enterField(db, { acquisitionId, name, well, site, t })
    },

    plane(fieldId, { channel = 'DAPI', z = 0, projection = 0, path } = {}) {
      count += 1
      const own = `/plates/${fieldId}/${channel}_z${z}_${projection}.tif`
      const file = { path: path ?? own, bytes: 100, modified: String(count), page: 0 }
      return enterPlane(db, { fieldId, channel, z, projection, ...file })
    },

    identifiedAs(planeId, fieldId, { channel = 'DAPI', z = 0, projection = 0 } = {}) {
      const file = pixelFileOf(db, planeId)!
      return enterPlane(db, { fieldId, channel, z, projection, ...file })
    },

    verdict(planeId, verdict, { reasons = [], metrics = {}, at } = {}) {
      const activityId = activity({ kind: 'quality', planeId }, at)
      appendVerdict(db, {
        activityId,
        planeId,
        verdict,
        reasons: JSON.stringify(reasons),
        image: JSON.stringify({ width: 4, height: 3, bits: 16 }),
        metrics: JSON.stringify(metrics),
      })
      return activityId
    },

    fault(planeId, kind, passing = false) {
      const activityId = passing ? null : activity({ kind: 'quality', planeId, outcome: 'fault' })
      const { acquisitionId, path } = first<{ acquisitionId: AcquisitionId; path: string }>(
        db,
        `SELECT acquisitionId, path FROM plane JOIN field ON field.id = fieldId
         JOIN file ON file.id = fileId WHERE plane.id = ?`,
        planeId,
      )!
      const fault = JSON.stringify({ kind, path, detail: 'as written' })
      appendFault(db, { acquisitionId, activityId, planeId, path, kind, fault, at: WRITTEN_AT })
    },

    objects: (fieldId, planes, more) =>
      objects(activity({ kind: 'analysis', fieldId }), fieldId, planes, more),

    prediction(fieldId, planes, more = {}) {
      const {
        decision = 'use',
        reasons = [],
        uncertainty = 0.1,
        novelty = null,
        fellBack = null,
      } = more
      const networks = [{ id: 'nuclei-1', version: '1.0.0', weights: 'ab'.repeat(32) }]
      const model = JSON.stringify({ fellBack, networks, runtime: 'ONNX Runtime 1.30.0' })
      const own = { kind: 'analysis', fieldId, model, provider: 'cpu', threads: 2 } as const
      const activityId = objects(activity(own), fieldId, planes)
      appendPrediction(db, {
        activityId,
        fieldId,
        decision,
        reasons: JSON.stringify(reasons),
        uncertainty,
        novelty,
        details: JSON.stringify({ components: { ambiguity: 0.2 }, factor: 1, passes: 3 }),
      })
      return activityId
    },

    summary(acquisitionId, { by, wells }) {
      const activityId = activity({ kind: 'aggregation', acquisitionId })
      for (const id of by) {
        db.prepare('INSERT INTO informed (activityId, byId) VALUES (?, ?)').run(activityId, id)
      }
      for (const { well, fields, count: objects, measures } of wells) {
        const text = JSON.stringify(measures)
        appendSummary(db, { activityId, well, fields, count: objects, measures: text })
      }
      return activityId
    },
  }
}
