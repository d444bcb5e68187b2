import { beforeAll, describe, expect, test } from 'vitest'
import { gaussianBlur } from '#core/image/blur.ts'
import type { Plane } from '#core/image/plane.ts'
import { Inference } from '#core/infer/inference-params.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { randomFrom } from '#core/simulate/random.ts'
import type { NetworkFile } from '#workstation/analysis/job.ts'
import { createNetworkBench } from '#workstation/inference/network-bench.ts'
import { predictObjects, type PredictedObjects } from '#workstation/inference/predict-objects.ts'
import { shippedNetwork } from '../../support/shipped-networks.ts'
import { field } from '../../support/simulated-field.ts'
import { valueOf } from '../../support/value-of.ts'

const SIZE = 192
const bench = createNetworkBench(1)
let network: NetworkFile

beforeAll(async () => {
  network = await shippedNetwork()
})

function inHand(plane: Plane, channel = 'DAPI') {
  return { channel, sources: [], plane, pixelSize: null }
}

function predict(
  planes: readonly Plane[],
  parts: object = {},
  networks: readonly NetworkFile[] = [network],
) {
  const infer = Inference.parse({ models: [network.reference], ...parts })
  const hands = planes.map((plane, i) => inHand(plane, ['DAPI', 'FITC'][i]))
  return predictObjects(hands, networks, { ...NUCLEI_FLUORESCENCE, infer }, bench)
}

function simulated(defects: Parameters<typeof field>[0] = {}): Plane {
  return field({ size: SIZE, seed: 2, ...defects }).planes[0]!.plane!
}

/** Light as far out of focus as this, in pixels, under the noise of the camera. */
function blurred(plane: Plane, sigma: number): Plane {
  const random = randomFrom('camera', sigma)
  const image = { ...plane, pixels: Float32Array.from(plane.pixels) }
  const pixels = gaussianBlur(image, sigma).pixels
  return { ...plane, pixels: Uint16Array.from(pixels, value => value + 20 * random.uniform()) }
}

/** So little light that nuclei hardly rise out of noise. */
function dim(plane: Plane): Plane {
  const random = randomFrom('dim')
  return {
    ...plane,
    pixels: Uint16Array.from(plane.pixels, value => 300 + value / 60 + 60 * random.uniform()),
  }
}

function noise(plane: Plane): Plane {
  const random = randomFrom('noise')
  return { ...plane, pixels: Uint16Array.from(plane.pixels, () => 300 + 900 * random.uniform()) }
}

function inverted({ pixels, ...plane }: Plane): Plane {
  return { ...plane, pixels: Uint16Array.from(pixels, value => 65535 - value) }
}

describe('what networks say of a field', () => {
  let good: PredictedObjects

  beforeAll(async () => {
    good = valueOf(await predict([simulated()], { dropout: { passes: 3 } }))
  })

  test('is its objects with a row of values each, and maps of it', () => {
    expect(good.labels.count).toBeGreaterThan(10)
    expect(good.decision).toBe('use')
    expect(good.passes).toBe(3)
    for (const { values } of good.columns) expect(values).toHaveLength(good.labels.count)
    expect(good.maps.map(({ kind }) => kind)).toEqual([
      'foreground',
      'entropy',
      'mutual-information',
    ])
    const side = Math.round(good.factor * SIZE)
    for (const map of good.maps) {
      expect({ width: map.width, height: map.height }).toEqual({ width: side, height: side })
    }
    expect(good.served).toMatchObject({
      networks: [{ id: 'nuclei-1', version: '1.0.0', weights: network.weights.sha256 }],
      provider: 'cpu',
      threads: 1,
      fellBack: null,
    })
  })

  test.each([
    ['out of focus', (plane: Plane) => blurred(plane, 8)],
    ['almost dark', dim],
  ])('is less sure of one that is %s', async (_, spoil) => {
    const spoilt = valueOf(await predict([spoil(simulated())], { dropout: { passes: 3 } }))
    expect(spoilt.uncertainty).toBeGreaterThan(good.uncertainty + 0.05)
  })

  test.each([
    ['has no nuclei', () => simulated({ defects: ['empty'] })],
    ['is nothing but noise', () => noise(simulated())],
    ['is dark on bright, as brightfield is', () => inverted(simulated())],
  ])('is left to a person where the field %s', async (_, draw) => {
    const foreign = valueOf(await predict([draw()], { dropout: { passes: 3 } }))
    expect(foreign.uncertainty).toBeGreaterThan(good.uncertainty + 0.05)
    expect(foreign.decision).toBe('review')
    expect(foreign.reasons).toContain('field-novel')
  })

  test('is left to a person as the recipe says', async () => {
    const abstain = { uncertainty: 0.01, novelty: 1, objects: { score: 1, share: 0 } }
    const strict = valueOf(await predict([simulated()], { abstain }))
    expect(strict).toMatchObject({
      decision: 'review',
      reasons: ['field-uncertain', 'objects-uncertain'],
    })
  })

  test('comes with what decided, where the recipe asks for it', async () => {
    const { maps } = valueOf(
      await predict([simulated({ size: 64 })], { saliency: 'occlusion', diameter: 26 }),
    )
    const { width, height, pixels } = maps.find(({ kind }) => kind === 'saliency')!
    const squares = Math.ceil(Math.round((64 * 20) / 26) / 16)
    expect({ width, height }).toEqual({ width: squares, height: squares })
    expect(Math.max(...pixels)).toBe(255)
  })
})

describe('a field is refused', () => {
  test('where a network was not made ready', async () => {
    expect(await predict([simulated()], {}, [])).toEqual({
      ok: false,
      fault: { kind: 'model-not-found', model: network.reference },
    })
  })

  test('where no channel has the role that the networks see', async () => {
    const two = {
      ...network,
      description: {
        ...network.description,
        inputs: network.description.inputs.map(input => ({
          ...input,
          axes: input.axes.map(axis =>
            axis.kind === 'channel' ? { ...axis, channelNames: ['nucleus', 'cell'] } : axis,
          ),
        })),
      },
    }
    const channels = ['nucleus', 'cell']
    expect(await predict([simulated()], { channels }, [two])).toMatchObject({
      ok: false,
      fault: {
        kind: 'model-not-usable',
        detail: 'it sees nucleus, cell, and no channel of the field is left for cell',
      },
    })
  })

  test('where a network takes another number of channels than the recipe shows', async () => {
    const channels = ['nucleus', 'cell']
    expect(await predict([simulated(), simulated()], { channels })).toMatchObject({
      ok: false,
      fault: { kind: 'model-not-usable', detail: 'it takes 1 channels, and the recipe shows 2' },
    })
  })

  test('where a network takes other sizes than it says, by its name', async () => {
    const reference = 'wrong@1.0.0'
    const wrong = {
      ...{ ...network, reference },
      description: {
        ...network.description,
        inputs: network.description.inputs.map(input => ({
          ...input,
          axes: input.axes.map(axis =>
            axis.kind === 'space' ? { ...axis, size: { kind: 'fixed', size: 204 } as const } : axis,
          ),
        })),
      },
    }
    const predicted = await predict(
      [simulated({ size: 97 })],
      { models: [reference], diameter: 20 },
      [wrong],
    )
    expect(predicted).toMatchObject({
      ok: false,
      fault: { kind: 'inference-failed', model: reference },
    })
  })
})
