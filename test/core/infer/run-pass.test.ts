import { beforeAll, describe, expect, test } from 'vitest'
import { PLAIN_PASS } from '#core/infer/first-look.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import { contextOf, runPass, taskOf, type PassMaps } from '#core/infer/run-pass.ts'
import type { Tensor } from '#core/infer/tensor.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { createNetworkBench } from '#workstation/inference/network-bench.ts'
import { shippedNetwork } from '../../support/shipped-networks.ts'
import { toyDescription, toyNetwork } from '../../support/toy-network.ts'
import { valueOf } from '../../support/value-of.ts'

const WHOLE = { tile: 4096, batch: 1 }

/** Blobs of the size of nuclei on noise, about as a network is shown them. */
function blobs(width: number, height: number): Tensor {
  const random = randomFrom('blobs', width, height)
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const x = i % width
    const y = Math.floor(i / width)
    const blob = Math.max(0, Math.sin(x / 5) * Math.sin(y / 6 + x / 40))
    return blob + 0.1 * random.uniform()
  })
  return { data, dims: [1, 1, height, width] }
}

function furthest(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length)
  let most = 0
  for (let i = 0; i < a.length; i += 1) most = Math.max(most, Math.abs(a[i]! - b[i]!))
  return most
}

describe('a real network, tile by tile', () => {
  let member: NetworkMember

  beforeAll(async () => {
    const [open] = valueOf(await createNetworkBench(1).open([await shippedNetwork()], ['cpu']))
    member = open!
  })

  test.each([
    { width: 64, height: 64, tile: 128, tiles: 16 },
    { width: 145, height: 145, tile: 192, tiles: 4 },
    { width: 217, height: 131, tile: 192, tiles: 6 },
    { width: 321, height: 321, tile: 256, tiles: 9 },
  ])('gives $width × $height in $tiles tiles what it gives at once', async request => {
    const { width, height, tile, tiles } = request
    const image = blobs(width, height)
    let runs = 0
    const counted: NetworkMember = {
      ...member,
      run(inputs) {
        runs += 1
        return member.run(inputs)
      },
    }
    const whole = await runPass(image, counted, PLAIN_PASS, WHOLE, 0)
    expect(runs).toBe(1)
    const pieces = await runPass(image, counted, PLAIN_PASS, { tile, batch: 1 }, 0)
    expect(runs).toBe(1 + tiles)
    expect({ ...pieces, probabilities: 0, features: 0 }).toEqual({
      ...{ width, height, classes: 3, directed: null, probabilities: 0, features: 0 },
    })
    expect(furthest(pieces.probabilities, whole.probabilities)).toBeLessThanOrEqual(1e-5)
    expect(furthest(pieces.features!.data, whole.features!.data)).toBeLessThanOrEqual(1e-4)
    // It has seen something: the maps are not flat.
    const foreground = whole.probabilities.subarray(width * height, 2 * width * height)
    expect(Math.max(...foreground) - Math.min(...foreground)).toBeGreaterThan(0.3)
  })

  test('also with random units dropped: all tiles have the same mask', async () => {
    const image = blobs(150, 100)
    const pass = { ...PLAIN_PASS, dropout: 3 }
    const whole = await runPass(image, member, pass, WHOLE, 7)
    const pieces = await runPass(image, member, pass, { tile: 160, batch: 1 }, 7)
    expect(furthest(pieces.probabilities, whole.probabilities)).toBeLessThanOrEqual(1e-5)
    const other = await runPass(image, member, { ...pass, dropout: 4 }, WHOLE, 7)
    expect(furthest(other.probabilities, whole.probabilities)).toBeGreaterThan(1e-3)
    const plain = await runPass(image, member, PLAIN_PASS, WHOLE, 7)
    expect(furthest(plain.probabilities, whole.probabilities)).toBeGreaterThan(1e-3)
  })

  test('also several tiles at once', async () => {
    const image = blobs(150, 100)
    const whole = await runPass(image, member, PLAIN_PASS, WHOLE, 0)
    const pieces = await runPass(image, member, PLAIN_PASS, { tile: 160, batch: 3 }, 0)
    expect(furthest(pieces.probabilities, whole.probabilities)).toBeLessThanOrEqual(1e-5)
  })
})

describe('a pass', () => {
  const SMALL = { tile: 128, batch: 1 }

  test('brings the same masks to every tile, by the seed and its own number', async () => {
    const masksOf = async (seed: number, dropout: number | null): Promise<readonly string[]> => {
      const network = toyNetwork()
      await runPass(blobs(300, 200), network, { ...PLAIN_PASS, dropout }, SMALL, seed)
      expect(network.shown.length).toBeGreaterThan(5)
      return [...new Set(network.shown.map(({ masks }) => masks.join()))]
    }
    const masks = await Promise.all(Array.from({ length: 12 }, (_, i) => masksOf(5, i)))
    for (const own of masks) expect(own).toHaveLength(1)
    expect(new Set(masks.flat()).size).toBeGreaterThan(4)
    expect(await masksOf(5, 1)).toEqual(masks[1])
    expect(await masksOf(5, null)).toEqual(['1,1,1,1'])
  })

  test('gives every image of a batch its masks', async () => {
    const network = toyNetwork()
    const given: number[] = []
    const watched: NetworkMember = {
      ...network,
      run(inputs) {
        const { data, dims } = inputs['dropout']!
        expect(dims).toEqual([inputs['image']!.dims[0], 4])
        given.push(...data)
        return network.run(inputs)
      },
    }
    await runPass(
      blobs(250, 100),
      watched,
      { ...PLAIN_PASS, dropout: 2 },
      { tile: 128, batch: 2 },
      9,
    )
    expect(given.length % 8).toBe(0)
    for (let i = 4; i < given.length; i += 1) expect(given[i]).toBe(given[i % 4])
  })

  test('is surer or less sure by the temperature, and finds the same', async () => {
    const image = blobs(64, 64)
    const at = (temperature: number): Promise<PassMaps> =>
      runPass(image, toyNetwork(0.5, toyDescription({ temperature })), PLAIN_PASS, WHOLE, 0)
    const [cold, plain, hot] = [await at(0.5), await at(1), await at(4)]
    const size = 64 * 64
    for (let i = 0; i < size; i += 17) {
      const logit = 20 * (image.data[i]! - 0.5)
      for (const [maps, temperature] of [
        [cold, 0.5],
        [plain, 1],
        [hot, 4],
      ] as const) {
        // The third class has next to nothing, but for high temperatures.
        const scores = [-logit / 2, logit / 2, -20].map(score => Math.exp(score / temperature))
        const expected = scores[1]! / scores.reduce((sum, score) => sum + score, 0)
        expect(maps.probabilities[size + i]!).toBeCloseTo(expected, 4)
      }
    }
  })

  test('turns what was turned back', async () => {
    const image = blobs(96, 64)
    const plain = await runPass(image, toyNetwork(), PLAIN_PASS, WHOLE, 0)
    for (const dihedral of [1, 4, 7] as const) {
      const pass = { ...PLAIN_PASS, augmentation: { dihedral, scale: 1, intensity: 1 } }
      const turned = await runPass(image, toyNetwork(), pass, WHOLE, 0)
      expect(furthest(turned.probabilities, plain.probabilities)).toBeLessThan(1e-6)
    }
  })
})

describe('a network of a fixed size', () => {
  function fixed(side: number): ReturnType<typeof toyNetwork> {
    const description = toyDescription()
    const [image, ...rest] = description.inputs
    const axes = image!.axes.map(axis =>
      axis.kind === 'space' ? { ...axis, size: { kind: 'fixed', size: side } as const } : axis,
    )
    return toyNetwork(0.5, { ...description, inputs: [{ ...image!, axes }, ...rest] })
  }

  test('is shown tiles of that size, whatever the recipe says', async () => {
    const network = fixed(64)
    const { width, height } = await runPass(blobs(150, 40), network, PLAIN_PASS, WHOLE, 0)
    expect({ width, height }).toEqual({ width: 150, height: 40 })
    expect(network.shown.map(({ size }) => size)).toEqual([
      [64, 64],
      [64, 64],
      [64, 64],
    ])
  })
})

test('context is the widest halo of the outputs, in pixels of the input', async () => {
  const { description } = await shippedNetwork()
  expect(contextOf(description)).toBe(56)
  expect(contextOf(toyDescription())).toBe(0)
})

test('a network that finds no objects has no task here', () => {
  expect(() => taskOf(toyDescription({ task: 'embedding' }))).toThrow('toy finds no objects')
})
