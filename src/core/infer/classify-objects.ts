import type { MeasureColumn } from '../measure/object-table.ts'
import { classColumnWord } from './class-columns.ts'
import { guessByHead, type ClassHead } from './class-heads.ts'
import { classProbabilities } from './class-probabilities.ts'
import { combineClasses } from './combine-members.ts'
import { classNames } from './describing-network.ts'
import { normalisedEntropy } from './entropy-term.ts'
import type { ClassesParams, Inference } from './inference-params.ts'
import { lookAtObjects, type ObjectLook } from './look-at-objects.ts'

export interface ObjectsToClassify {
  readonly count: number
  readonly by:
    | {
        readonly kind: 'network'
        /** At least one; members tell the same classes. */
        readonly looks: readonly ObjectLook[]
        /** Of the dropout masks. */
        readonly seed: number
      }
    | {
        readonly kind: 'examples'
        readonly head: ClassHead
        readonly embeddings: readonly Float64Array[]
      }
}

export interface ClassifiedObjects {
  readonly names: readonly string[]
  /** The likeliest class of each object, from 0, whether or not it is probable enough. */
  readonly likeliest: Uint32Array
  /** Objects of each class, and of none. */
  readonly counts: Uint32Array
  readonly unclassified: number
  /**
   * `Class_Index`, from 1 in the order of the names, 0 for none; `Class_<name>`, how probable each is;
   * `Class_Uncertainty`, the entropy of those, 0 to 1; `Class_MutualInformation`, what passes disagree about, of
   * several; `Class_Distance`, to the nearest class, of classes told by examples.
   */
  readonly columns: readonly MeasureColumn[]
}

/** Which class each object is of, by networks that were trained for it or by examples. */
export const classifyObjects = Object.freeze({
  id: 'infer.classify-objects',
  version: 1,
  run: classify,
})

/** What is said of one object. */
interface Told {
  readonly probabilities: Float64Array
  readonly likeliest: number
  readonly entropy: number
  /** NaN where there is none. */
  readonly mutualInformation: number
  readonly distance: number
}

async function classify(
  { count, by }: ObjectsToClassify,
  limits: ClassesParams,
  params: Pick<Inference, 'augment' | 'dropout'>,
): Promise<ClassifiedObjects> {
  const { names, passes, told } =
    by.kind === 'examples' ? tellByHead(by.head, by.embeddings) : await tellByNetworks(by, params)
  const most = limits.by === 'examples' ? (limits.mostDistance ?? Infinity) : Infinity
  const index = new Float64Array(count)
  const counts = new Uint32Array(names.length)
  told.forEach(({ probabilities, likeliest, distance }, i) => {
    const known = probabilities[likeliest]! >= limits.leastProbability && !(distance > most)
    if (!known) return
    index[i] = likeliest + 1
    counts[likeliest]! += 1
  })
  const column = (name: string, of: (one: Told) => number): MeasureColumn => ({
    name: `Class_${name}`,
    values: Float64Array.from(told, of),
  })
  return {
    names,
    likeliest: Uint32Array.from(told, ({ likeliest }) => likeliest),
    counts,
    unclassified: count - counts.reduce((sum, own) => sum + own, 0),
    columns: [
      { name: 'Class_Index', values: index },
      ...names.map((name, k) => column(classColumnWord(name), one => one.probabilities[k]!)),
      column('Uncertainty', ({ entropy }) => entropy),
      ...(passes > 1 ? [column('MutualInformation', one => one.mutualInformation)] : []),
      ...(by.kind === 'examples' ? [column('Distance', ({ distance }) => distance)] : []),
    ],
  }
}

interface Telling {
  readonly names: readonly string[]
  /** That were combined into probabilities. */
  readonly passes: number
  readonly told: readonly Told[]
}

function tellByHead(head: ClassHead, embeddings: readonly Float64Array[]): Telling {
  const told = embeddings.map(embedding => {
    const { probabilities, likeliest, distance } = guessByHead(head, embedding)
    const entropy = normalisedEntropy(probabilities)
    // What has no numbers has no likeliest class either.
    const first = Math.max(0, likeliest)
    return { probabilities, likeliest: first, entropy, mutualInformation: NaN, distance }
  })
  return { names: head.names, passes: 1, told }
}

async function tellByNetworks(
  { looks, seed }: { readonly looks: readonly ObjectLook[]; readonly seed: number },
  params: Pick<Inference, 'augment' | 'dropout'>,
): Promise<Telling> {
  const passes = await lookAtObjects(looks, params, seed)
  const count = looks[0]!.crops.regions.length
  const told = Array.from({ length: count }, (_, i) => {
    const members = passes.map(({ member, values, length }) =>
      classProbabilities(
        values.subarray(i * length, (i + 1) * length),
        looks[member]!.member.description,
      ),
    )
    return { ...combineClasses(members), distance: NaN }
  })
  return { names: classNames(looks[0]!.member.description), passes: passes.length, told }
}
