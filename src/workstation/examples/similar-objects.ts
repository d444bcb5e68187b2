import { fail, ok, type Result } from '#core/fault.ts'
import type { ExportedField } from '../export/exported-fields.ts'
import type { StoreReader } from '../store/open-store.ts'
import { embeddedFields, embeddingsOf, fieldOfObject, type ObjectKey } from './embedded-fields.ts'

export interface SimilarObject {
  readonly exported: ExportedField
  /** From 1. */
  readonly object: number
  /** Cosine between the embeddings: 1 alike, 0 unrelated, −1 opposite. */
  readonly similarity: number
}

/**
 * The objects of a plate that are most like one of them, the most similar first, without itself; of equals the one
 * that comes first in `object.csv`. One field's embeddings are in memory at a time.
 *
 * Fault: `bad-option` where the object is not known or was not embedded.
 */
export async function similarObjects(
  store: StoreReader,
  key: ObjectKey,
  most: number,
): Promise<Result<readonly SimilarObject[]>> {
  const fields = embeddedFields(store)
  const own = fieldOfObject(fields, key)
  const asked = own === null ? undefined : (await embeddingsOf(store, own))[key.object - 1]
  if (own === null || asked === undefined) {
    const value = [key.plate, key.well, key.site, key.object].join(',')
    const allowed = 'plate,well,site,object of an object that was embedded, as object.csv has them'
    return fail({ kind: 'bad-option', option: '--to', value, allowed })
  }
  let nearest: readonly SimilarObject[] = []
  for (const field of fields) {
    const { exported, models } = field
    if (exported.plate !== own.exported.plate || models.join() !== own.models.join()) continue
    const embeddings = await embeddingsOf(store, field)
    const others = embeddings
      .map((embedding, i) => ({ exported, object: i + 1, similarity: cosine(asked, embedding) }))
      .filter(({ object }) => field !== own || object !== key.object)
      .filter(({ similarity }) => Number.isFinite(similarity))
    nearest = [...nearest, ...others].toSorted((a, b) => b.similarity - a.similarity).slice(0, most)
  }
  return ok(nearest)
}

/** Embeddings have length 1. */
function cosine(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i += 1) sum += one[i]! * other[i]!
  return sum
}
