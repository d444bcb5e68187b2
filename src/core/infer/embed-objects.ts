import type { MeasureColumn } from '../measure/object-table.ts'
import { combineEmbeddings, type CombinedEmbeddings } from './combine-members.ts'
import { describingOutputs } from './describing-network.ts'
import type { Inference } from './inference-params.ts'
import { lookAtObjects, type ObjectLook } from './look-at-objects.ts'
import { noveltyOf, type NoveltyStatistics } from './novelty.ts'

export interface ObjectsToEmbed {
  /** At least one; members were trained to one space. */
  readonly looks: readonly ObjectLook[]
  /** Of the embeddings of the first member's training images; null where it brings none. */
  readonly statistics: NoveltyStatistics | null
  /** Of the dropout masks. */
  readonly seed: number
}

export interface EmbeddedObjects {
  /** How many numbers an embedding has; 0 without objects. */
  readonly length: number
  /** One for each object, of length 1. */
  readonly embeddings: readonly Float64Array[]
  /** `Embedding_00`, …; `Embedding_Dispersion` of several passes, `Embedding_Novelty` where statistics are known. */
  readonly columns: readonly MeasureColumn[]
}

/** What networks that embed see in each object: the mean direction over members, orientations and dropout masks. */
export const embedObjects = Object.freeze({ id: 'infer.embed-objects', version: 1, run: embed })

async function embed(
  { looks, statistics, seed }: ObjectsToEmbed,
  params: Pick<Inference, 'augment' | 'dropout'>,
): Promise<EmbeddedObjects> {
  const passes = await lookAtObjects(looks, params, seed)
  const length = passes[0]?.length ?? 0
  const count = looks[0]?.crops.regions.length ?? 0
  const combined = Array.from({ length: count }, (_, i) =>
    combineDirected(passes.map(({ values }) => values.subarray(i * length, (i + 1) * length))),
  )
  const embeddings = combined.map(({ direction }) => direction)
  const knows = isAbout(statistics, looks[0], length) ? statistics : null
  const columns = [
    ...Array.from({ length }, (_, k) => ({
      name: embeddingColumn(k),
      values: Float64Array.from(embeddings, embedding => embedding[k]!),
    })),
    ...(passes.length > 1
      ? [
          column(
            'Dispersion',
            Float64Array.from(combined, ({ dispersion }) => dispersion),
          ),
        ]
      : []),
    ...(knows === null || count === 0
      ? []
      : [
          column(
            'Novelty',
            Float64Array.from(embeddings, one => noveltyOf(one, knows).novelty),
          ),
        ]),
  ]
  return { length, embeddings, columns }
}

/** Of the passes that gave a direction; no numbers where none did, as of a network that runs over. */
function combineDirected(vectors: readonly Float32Array[]): CombinedEmbeddings {
  const directed = vectors.filter(vector => {
    const square = vector.reduce((sum, value) => sum + value * value, 0)
    return square > 0 && square < Infinity
  })
  if (directed.length > 0) return combineEmbeddings(directed)
  return { direction: new Float64Array(vectors[0]?.length ?? 0).fill(NaN), dispersion: NaN }
}

/** Statistics may also be of something else that the network exports. */
function isAbout(
  statistics: NoveltyStatistics | null,
  look: ObjectLook | undefined,
  length: number,
): statistics is NoveltyStatistics {
  if (statistics === null || look === undefined || statistics.mean.length !== length) return false
  return statistics.features === describingOutputs(look.member.description).vector.id
}

/** `Embedding_00`, `Embedding_01`, … */
export function embeddingColumn(place: number): string {
  return `Embedding_${String(place).padStart(2, '0')}`
}

function column(name: string, values: Float64Array): MeasureColumn {
  return { name: `Embedding_${name}`, values }
}
