import { deflateSync } from 'node:zlib'
import { PREDICTION_MAPS, type PredictionMap } from '#contract/pixels.ts'
import type { FieldId, RecordId } from '#core/brand.ts'
import { canonicalJson, hashOf } from '#core/canonical.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Labels } from '#core/image/labels.ts'
import { encodeObjects, readObjects } from '#workstation/analysis/object-file.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { artifactPath, keepArtifact } from '#workstation/record/artifacts.ts'
import {
  activitiesOfField,
  artifactOf,
  insertActivity,
  insertGenerated,
} from '#workstation/store/activities.ts'
import { all } from '#workstation/store/db.ts'
import { appendFieldObjects, fieldObjectsOf } from '#workstation/store/objects.ts'
import { openStore, type Store } from '#workstation/store/open-store.ts'
import { appendPrediction } from '#workstation/store/predictions.ts'
import { valueOf } from './value-of.ts'

/** What was written about a field as if networks had looked at it. */
export interface PredictedField {
  readonly fieldId: FieldId
  readonly record: RecordId
  readonly uncertainty: number
  readonly maps: ReadonlyMap<PredictionMap, SmallMap>
}

interface SmallMap {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** A map is so many times smaller than its field, and saliency so many values across. */
const SHRUNK = 3
const COARSE = 16

/**
 * Writes into a store, for every field that has objects, what networks would have said of them: maps made of the label
 * image, columns beside the measures. The first field is in doubt, every other one is used. The records are unsealed.
 */
export async function predictFields(folder: string): Promise<readonly PredictedField[]> {
  const store = valueOf(openStore(folder))
  try {
    const fields = all<{ fieldId: FieldId }>(
      store.db,
      'SELECT DISTINCT fieldId FROM fieldObjects ORDER BY fieldId',
    )
    const predicted: PredictedField[] = []
    for (const [place, { fieldId }] of fields.entries()) {
      predicted.push(await predictField(store, fieldId, place))
    }
    return predicted
  } finally {
    store.close()
  }
}

async function predictField(
  { db, folder }: Store,
  fieldId: FieldId,
  place: number,
): Promise<PredictedField> {
  const earlier = activitiesOfField(db, fieldId).find(({ kind }) => kind === 'analysis')!
  const objects = fieldObjectsOf(db, earlier.id)!
  const found = artifactOf(db, earlier.id, 'labels')
  const labels = valueOf(await readLabels(artifactPath(folder, found.location)))
  const table = await readObjects(
    artifactPath(folder, artifactOf(db, earlier.id, 'objects').location),
  )
  const share = (of: (i: number) => number) =>
    Float64Array.from({ length: table.count }, (_, i) => of(i))
  const columns = [
    ...table.columns,
    { name: 'Prediction_Probability', values: share(i => 1 - ((i * 7) % 40) / 100) },
    { name: 'Prediction_Uncertainty', values: share(i => ((i * 13) % 90) / 100) },
    { name: 'Prediction_Agreement', values: share(i => 1 - ((i * 3) % 30) / 100) },
  ]
  const tableFile = keepArtifact(folder, encodeObjects({ count: table.count, columns }), 'parquet')
  const maps = mapsOf(labels)
  const doubted = place === 0
  const uncertainty = doubted ? 0.62 : 0.11
  const record = hashOf({ predicted: earlier.id }) as string as RecordId
  const networks = [1, 2, 3].map(member => ({
    id: `nuclei-${member}`,
    version: '1.0.0',
    weights: hashOf({ member }),
  }))
  const fellBack = doubted ? 'CUDA was asked for first: no device with CUDA was found.' : null
  db.transaction(() => {
    insertActivity(db, {
      ...earlier,
      id: record,
      model: canonicalJson({ networks, runtime: 'ONNX Runtime 1.30.0', fellBack }),
      provider: 'cpu',
      threads: 2,
    })
    const { kind, location, sha256, bytes } = found
    insertGenerated(db, record, { role: 'labels', kind, location, sha256, bytes })
    insertGenerated(db, record, { role: 'objects', kind: 'artifact', ...tableFile })
    for (const [name, map] of maps) {
      const file = keepArtifact(folder, encodeTiff(map, deflateSync), 'tif')
      insertGenerated(db, record, { role: `map.${name}`, kind: 'artifact', ...file })
    }
    appendFieldObjects(db, { ...objects, activityId: record })
    appendPrediction(db, {
      activityId: record,
      fieldId,
      decision: doubted ? 'review' : 'use',
      reasons: canonicalJson(doubted ? ['field-uncertain', 'field-novel'] : []),
      uncertainty,
      novelty: doubted ? 0.998 : 0.3,
      details: canonicalJson({
        components: {
          ambiguity: 0.24,
          disagreement: 0.58,
          missed: 0.31,
          novelty: doubted ? 0.96 : 0,
          objects: 0.42,
          pixelDisagreement: 0.17,
        },
        factor: 1,
        passes: 24,
      }),
    })
  })()
  return { fieldId, record, uncertainty, maps }
}

/** Sure inside and outside of objects, unsure along their edges. */
function mapsOf(labels: Labels): ReadonlyMap<PredictionMap, SmallMap> {
  const fine = shareOfObjects(
    labels,
    Math.ceil(labels.width / SHRUNK),
    Math.ceil(labels.height / SHRUNK),
  )
  const coarse = shareOfObjects(labels, COARSE, COARSE)
  return new Map(
    PREDICTION_MAPS.map(kind => {
      switch (kind) {
        case 'foreground':
          return [kind, byShare(fine, p => p)]
        case 'entropy':
          return [kind, byShare(fine, entropyOf)]
        case 'mutual-information':
          return [kind, byShare(fine, p => entropyOf(p) ** 2 / 2)]
        case 'saliency':
          return [kind, byShare(coarse, p => Math.min(1, 3 * p))]
        case 'class-activation':
          return [kind, byShare(coarse, p => Math.sqrt(p))]
      }
    }),
  )
}

interface Shares {
  readonly width: number
  readonly height: number
  readonly shares: Float64Array
}

/** How much of each cell of a grid is object. */
function shareOfObjects(labels: Labels, width: number, height: number): Shares {
  const inside = new Float64Array(width * height)
  const count = new Float64Array(width * height)
  for (let y = 0; y < labels.height; y += 1) {
    const row = Math.floor((y * height) / labels.height)
    for (let x = 0; x < labels.width; x += 1) {
      const cell = row * width + Math.floor((x * width) / labels.width)
      count[cell]! += 1
      if (labels.pixels[y * labels.width + x]! > 0) inside[cell]! += 1
    }
  }
  return { width, height, shares: inside.map((value, i) => value / count[i]!) }
}

function byShare({ width, height, shares }: Shares, of: (share: number) => number): SmallMap {
  return { width, height, pixels: Uint8Array.from(shares, share => Math.round(255 * of(share))) }
}

/** Of two outcomes, in bits. */
function entropyOf(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p)
}
