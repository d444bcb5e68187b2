import { describe, expect, test } from 'vitest'
import { ClassHead } from '#core/infer/class-heads.ts'
import { askHead, askNetwork } from '#core/infer/class-question.ts'
import { classifyObjects } from '#core/infer/classify-objects.ts'
import { planCrops, type Place } from '#core/infer/crop-objects.ts'
import { embedObjects } from '#core/infer/embed-objects.ts'
import { explainObjects } from '#core/infer/explain-objects.ts'
import { createFieldViews } from '#core/infer/field-views.ts'
import { Inference, type ClassesParams } from '#core/infer/inference-params.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import { directed, toyDescriber } from '../../support/toy-describer.ts'

const AS_IS = { illumination: 'as-is', intensity: { scope: 'field' } } as const
const PITCH = 16

/** Objects in a row, each a square of 16 pixels of which the left part, by its share, is bright and the rest is dark. */
function row(shares: readonly number[]) {
  const width = shares.length * PITCH
  const pixels = Float32Array.from({ length: width * PITCH }, (_, i) => {
    const x = i % width
    return (x % PITCH) / PITCH < shares[Math.floor(x / PITCH)]! ? 1 : 0
  })
  const centres = shares.map((_, i): Place => ({ x: i * PITCH + 7.5, y: 7.5 }))
  return { plane: { width, height: PITCH, pixels, fullScale: 1 }, centres }
}

function lookAt(shares: readonly number[], member: NetworkMember) {
  const { plane, centres } = row(shares)
  const views = createFieldViews([plane], AS_IS)
  return { member, crops: planCrops(views, member.description, centres, null, plane) }
}

function recipe(parts: object = {}): Inference {
  return Inference.parse({ models: ['toy@1.0.0'], ...parts })
}

const SHARES = [0.25, 0.75, 1, 0, 0.5]

describe('embedObjects', () => {
  test('gives each object its direction, in the order of the table', async () => {
    const looks = [lookAt(SHARES, toyDescriber())]
    const found = await embedObjects.run({ looks, statistics: null, seed: 1 }, recipe())
    expect(found.columns.map(({ name }) => name)).toEqual(['Embedding_00', 'Embedding_01'])
    const expected = SHARES.map(share => directed([share, 1 - share]))
    for (const [i, embedding] of found.embeddings.entries()) {
      expect(embedding[0]).toBeCloseTo(expected[i]![0]!, 6)
      expect(found.columns[1]!.values[i]).toBeCloseTo(expected[i]![1]!, 6)
    }
  })

  test('of 150 objects are the same in batches as of a network that takes 7 at once', async () => {
    const shares = Array.from({ length: 150 }, (_, i) => (i % 5) / 4)
    const network = toyDescriber()
    const looks = [lookAt(shares, network)]
    const free = await embedObjects.run({ looks, statistics: null, seed: 1 }, recipe())
    const fixed = await embedObjects.run(
      { looks: [lookAt(shares, toyDescriber({ batch: 7 }))], statistics: null, seed: 1 },
      recipe(),
    )
    expect(network.shown.map(({ dims }) => dims[0])).toEqual([64, 64, 22])
    expect(fixed.columns).toEqual(free.columns)
  })

  test('of several passes says how far they disagree', async () => {
    const members = [
      toyDescriber(),
      toyDescriber({ answer: means => directed([means[1]!, means[0]!]) }),
    ]
    const looks = members.map(member => lookAt(SHARES, member))
    const params = recipe({ augment: { dihedral: 8 } })
    const { columns } = await embedObjects.run({ looks, statistics: null, seed: 1 }, params)
    const { name, values } = columns.at(-1)!
    expect(name).toBe('Embedding_Dispersion')
    // Half bright is the same either way round.
    expect(values[4]).toBeLessThan(1e-6)
    expect(values[2]).toBeCloseTo(1 - Math.SQRT1_2, 6)
    expect(members[0]!.shown).toHaveLength(8)
  })

  test('say how unlike training an object is, by statistics of the embedding', async () => {
    const statistics = {
      ...({ features: 'vector', pool: 'mean', weights: 'none', neighbours: null } as const),
      mean: Float64Array.of(1, 0),
      factor: { of: 'covariance', lower: Float64Array.of(0.1, 0, 0, 0.1) } as const,
      quantiles: { p: [0, 0.99, 1], distance: [0, 2, 3] },
    }
    const looks = [lookAt(SHARES, toyDescriber())]
    const { columns } = await embedObjects.run({ looks, statistics, seed: 1 }, recipe())
    const novelty = columns.find(({ name }) => name === 'Embedding_Novelty')!
    expect(novelty.values[2]).toBe(0)
    expect(novelty.values[3]).toBe(1)
    const other = { ...statistics, features: 'features' }
    const none = await embedObjects.run({ looks, statistics: other, seed: 1 }, recipe())
    expect(none.columns).toHaveLength(2)
  })

  test('has no number where a network gives none', async () => {
    const network = toyDescriber({ answer: means => (means[0]! > 0.4 ? [0, 0] : [1, 0]) })
    const looks = [lookAt(SHARES, network)]
    const { embeddings } = await embedObjects.run({ looks, statistics: null, seed: 1 }, recipe())
    expect([...embeddings[2]!]).toEqual([NaN, NaN])
    expect([...embeddings[3]!]).toEqual([1, 0])
  })

  test('of no objects are no columns', async () => {
    const { member, crops } = lookAt(SHARES, toyDescriber())
    const looks = [{ member, crops: { ...crops, regions: [] } }]
    const found = await embedObjects.run({ looks, statistics: null, seed: 1 }, recipe())
    expect(found).toEqual({ length: 0, embeddings: [], columns: [] })
  })
})

const HEAD = ClassHead.parse({
  names: ['dark', 'bright'],
  means: [directed([0.1, 0.9]), directed([0.9, 0.1])],
  spread: 0.2,
  temperature: 1,
})

function byExamples(parts: object = {}): ClassesParams {
  const models = ['toy@1.0.0']
  const classes = { by: 'examples', fittedTo: models, head: HEAD, ...parts }
  return recipe({ embedding: models, classes }).classes!
}

describe('classes by examples', () => {
  async function told(parts: object = {}) {
    const looks = [lookAt(SHARES, toyDescriber())]
    const { embeddings } = await embedObjects.run({ looks, statistics: null, seed: 1 }, recipe())
    const by = { kind: 'examples', head: HEAD, embeddings } as const
    return classifyObjects.run({ count: 5, by }, byExamples(parts), recipe())
  }

  test('are columns beside the embedding, and counts', async () => {
    const found = await told({ mostDistance: 4 })
    expect(found.columns.map(({ name }) => name)).toEqual(
      ['Index', 'dark', 'bright', 'Uncertainty', 'Distance'].map(name => `Class_${name}`),
    )
    const [index, dark, bright, uncertainty, distance] = found.columns.map(({ values }) => [
      ...values,
    ])
    expect(index).toEqual([1, 2, 2, 1, 1])
    for (const i of SHARES.keys()) expect(dark![i]! + bright![i]!).toBeCloseTo(1, 12)
    expect(uncertainty![4]).toBeCloseTo(1, 6)
    expect(uncertainty![2]).toBeLessThan(0.01)
    expect(distance![4]).toBeGreaterThan(3)
    expect([...found.counts]).toEqual([3, 2])
    expect(found.unclassified).toBe(0)
  })

  test('leave out what is not probable enough or too far away', async () => {
    const sure = await told({ mostDistance: null, leastProbability: 0.9 })
    expect([...sure.columns[0]!.values]).toEqual([1, 2, 2, 1, 0])
    expect(sure.unclassified).toBe(1)
    const near = await told({ mostDistance: 0.7 })
    expect([...near.columns[0]!.values]).toEqual([0, 0, 2, 1, 0])
    expect([...near.counts, near.unclassified]).toEqual([1, 1, 3])
  })

  test('are none where an object has no embedding', async () => {
    const by = { kind: 'examples', head: HEAD, embeddings: [Float64Array.of(NaN, NaN)] } as const
    const found = await classifyObjects.run({ count: 1, by }, byExamples(), recipe())
    expect(found.columns[0]!.values[0]).toBe(0)
    expect([...found.likeliest]).toEqual([0])
    expect(found.unclassified).toBe(1)
  })
})

const CLASSIFIER = {
  ...({ task: 'classification', classes: ['bright', 'dark'] } as const),
  answer: (means: readonly number[]) => [8 * means[0]!, 8 * means[1]!],
}

describe('classes by networks', () => {
  const classes = recipe({ classes: { by: 'network', models: ['toy@1.0.0'] } }).classes!

  test('are the mean probability over members and orientations', async () => {
    const members = [
      toyDescriber(CLASSIFIER),
      toyDescriber({ ...CLASSIFIER, answer: () => [2, 0] }),
    ]
    const looks = members.map(member => lookAt(SHARES, member))
    const by = { kind: 'network', looks, seed: 1 } as const
    const params = recipe({ augment: { dihedral: 8 } })
    const found = await classifyObjects.run({ count: 5, by }, classes, params)
    const of = (name: string) => found.columns.find(one => one.name === `Class_${name}`)!.values
    const softmax = (logit: number) => 1 / (1 + Math.exp(-logit))
    SHARES.forEach((share, i) => {
      const one = softmax(8 * 0.5 * (share - (1 - share)))
      expect(of('bright')[i]).toBeCloseTo((one + softmax(2)) / 2, 5)
    })
    expect(of('MutualInformation')[2]).toBeLessThan(0.05)
    expect(of('MutualInformation')[3]).toBeGreaterThan(0.3)
    expect(found.columns.some(({ name }) => name === 'Class_Distance')).toBe(false)
  })
})

describe('explainObjects', () => {
  const many = Array.from({ length: 20 }, (_, i) => [0.25, 0.5, 0.75][i % 3]!)

  async function explain(
    member: NetworkMember,
    ofClass: number,
    method = 'class-activation' as const,
  ) {
    const { crops } = lookAt(many, member)
    const question =
      member.description.use!.task === 'embedding' ? askHead(member, HEAD) : askNetwork(member)
    const asked = { question, crops, classes: new Uint32Array(20).fill(ofClass), seed: 1 }
    const { map, explained } = await explainObjects(asked, method)
    // Columns 1 and 14 of the first object: bright and dark.
    return {
      explained,
      corner: map.pixels[0]!,
      bright: map.pixels[8 * map.width + 1]!,
      dark: map.pixels[8 * map.width + 14]!,
    }
  }

  test('is exact where the answer is the mean of the features', async () => {
    const dark = await explain(toyDescriber(), 0)
    expect(dark).toMatchObject({ explained: 'class-activation', bright: 0 })
    expect(dark.dark).toBeCloseTo(1, 6)
    const bright = await explain(toyDescriber(), 1)
    expect(bright.bright).toBeCloseTo(1, 6)
    expect(bright.dark).toBe(0)
  })

  test('fits what lies between features and answer', async () => {
    const network = toyDescriber({
      ...CLASSIFIER,
      answer: means => [3 * means[0]! - means[1]! + 4, 2 * means[1]! - means[0]!],
    })
    const { explained, bright, dark } = await explain(network, 0)
    expect(explained).toBe('fitted-activation')
    expect(bright).toBeCloseTo(1, 3)
    expect(dark).toBe(0)
  })

  test('covers places where features say nothing of the answer', async () => {
    const network = toyDescriber({ ...CLASSIFIER, answer: (_, corner) => [corner, 0] })
    const found = await explain(network, 0)
    expect(found).toEqual({ explained: 'occlusion', corner: 1, bright: 0, dark: 0 })
  })
})
