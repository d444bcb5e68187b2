import { expect, test } from 'vitest'
import { explainField, explainingPasses } from '#core/infer/explain-field.ts'
import { Inference } from '#core/infer/inference-params.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import { toyDescription, toyNetwork } from '../../support/toy-network.ts'

const SIDE = 96
const REACH = 24
const PARAMS = Inference.parse({ models: ['toy@1.0.0'], saliency: 'occlusion' })

/** A network that says of each pixel what it sees so many pixels to the left. */
function lookingLeft(away: number): NetworkMember & { readonly shown: readonly unknown[] } {
  const description = toyDescription({ features: null })
  const [logits] = description.outputs
  const axes = logits!.axes.map(axis => (axis.kind === 'space' ? { ...axis, halo: REACH } : axis))
  const network = toyNetwork(0.5, { ...description, outputs: [{ ...logits!, axes }] })
  return {
    ...network,
    run(inputs) {
      const { data, dims } = inputs['image']!
      const width = dims[3]!
      const seen = data.map((_, i) => (i % width < away ? 0 : data[i - away]!))
      return network.run({ ...inputs, image: { data: seen, dims } })
    },
  }
}

/** One bright square of 16 pixels, the second from the left and the fourth from above. */
const shown = {
  data: Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    Math.floor((i % SIDE) / 16) === 1 && Math.floor(i / SIDE / 16) === 3 ? 1 : 0,
  ),
  dims: [1, 1, SIDE, SIDE],
}

test('blames the square that decided, not the one where objects appear', async () => {
  for (const away of [0, 20]) {
    const { width, height, pixels } = await explainField(shown, lookingLeft(away), PARAMS)
    expect({ width, height }).toEqual({ width: 6, height: 6 })
    expect(pixels[3 * 6 + 1]).toBe(1)
    const rest = pixels.filter((_, i) => i !== 3 * 6 + 1)
    expect(Math.max(...rest)).toBeLessThan(0.05)
  }
})

test('finds nothing where nothing matters', async () => {
  const blind = { data: new Float32Array(SIDE * SIDE), dims: [1, 1, SIDE, SIDE] }
  const { pixels } = await explainField(blind, lookingLeft(0), PARAMS)
  expect(pixels.every(value => value === 0)).toBe(true)
})

test('takes as many passes as it says, however large the field', async () => {
  // Squares of 16 every 64: what one changes ends 24 pixels from it.
  expect(explainingPasses(REACH)).toBe(17)
  const wide = { data: new Float32Array(160 * 160), dims: [1, 1, 160, 160] }
  const network = lookingLeft(0)
  await explainField(wide, network, PARAMS)
  expect(network.shown).toHaveLength(17)
})
