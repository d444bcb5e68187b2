import { describe, expect, test } from 'vitest'
import { Inference } from '#core/infer/inference-params.ts'
import { predictField } from '#core/infer/predict-field.ts'
import type { Plane } from '#core/image/plane.ts'
import { toyDescription, toyNetwork } from '../../support/toy-network.ts'

/** Bright discs, 1000 on 0 with soft edges. */
function discs(size: number, diameter: number, pitch: number): Plane {
  const pixels = new Float32Array(size * size)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const dx = (x % pitch) + 0.5 - pitch / 2
      const dy = (y % pitch) + 0.5 - pitch / 2
      const inside = diameter / 2 - Math.hypot(dx, dy)
      pixels[y * size + x] = Math.min(1, Math.max(0, inside + 0.5))
    }
  }
  return { width: size, height: size, pixels, fullScale: 1 }
}

function recipe(parts: object = {}): Inference {
  return Inference.parse({ models: ['toy@1.0.0'], ...parts })
}

const ONE = { pixelSize: null, statistics: null, seed: 1 } as const

describe('predictField', () => {
  test.each([
    [10, 24],
    [20, 48],
    [40, 80],
  ])('finds nuclei %i pixels wide at the scale of the network', async (diameter, pitch) => {
    const plane = discs(6 * pitch, diameter, pitch)
    const network = toyNetwork()
    const found = await predictField.run({ planes: [plane], members: [network], ...ONE }, recipe())
    expect(found.labels.count).toBe(36)
    expect(found.diameter).toBeCloseTo(diameter, -0.5)
    expect(found.factor * diameter).toBeGreaterThan(16)
    expect(found.factor * diameter).toBeLessThan(25)
    expect(found.columns.map(({ name }) => name)).toContain('Prediction_Uncertainty')
    for (const { values } of found.columns) expect(values).toHaveLength(36)
  })

  test('is given the diameter and looks once', async () => {
    const plane = discs(192, 20, 48)
    const network = toyNetwork()
    const params = recipe({ diameter: 20 })
    const found = await predictField.run({ planes: [plane], members: [network], ...ONE }, params)
    expect(found.factor).toBe(1)
    expect(network.shown).toHaveLength(1)
  })

  test('is surer where members agree', async () => {
    const plane = discs(192, 20, 48)
    const params = recipe({ diameter: 20 })
    const field = { planes: [plane], ...ONE }
    const alike = await predictField.run(
      { ...field, members: [toyNetwork(), toyNetwork()] },
      params,
    )
    const unlike = await predictField.run(
      { ...field, members: [toyNetwork(0.1), toyNetwork(0.9), toyNetwork(1.4)] },
      params,
    )
    expect(alike.prediction.passes).toBe(2)
    expect(unlike.prediction.passes).toBe(3)
    expect(unlike.uncertainty).toBeGreaterThan(alike.uncertainty + 0.1)
    expect(alike.decision).toBe('use')
    expect(Math.max(...alike.prediction.mutualInformation)).toBeLessThan(1e-6)
    expect(Math.max(...unlike.prediction.mutualInformation)).toBeGreaterThan(0.1)
  })

  test('shows every member all augmentations and masks, the same ones for the same seed', async () => {
    const plane = discs(192, 20, 48)
    const params = recipe({ diameter: 20, augment: { dihedral: 8 }, dropout: { passes: 3 } })
    const run = async (seed: number) => {
      const members = [toyNetwork(), toyNetwork()]
      const field = { planes: [plane], pixelSize: null, statistics: null }
      const found = await predictField.run({ ...field, members, seed }, params)
      return { found, masks: members.map(({ shown }) => shown.map(({ masks }) => masks.join())) }
    }
    const first = await run(7)
    // The first look of the first member has all units in.
    expect(first.masks.map(masks => masks.length)).toEqual([25, 24])
    expect(first.masks[0]![0]).toBe('1,1,1,1')
    expect(new Set([...first.masks[0]!.slice(1), ...first.masks[1]!]).size).toBeGreaterThan(8)
    expect(first.found.prediction.passes).toBe(48)
    const again = await run(7)
    expect(again.masks).toEqual(first.masks)
    expect(again.found.prediction.entropy).toEqual(first.found.prediction.entropy)
    expect((await run(8)).masks).not.toEqual(first.masks)
  })

  test('turns what it was shown back', async () => {
    const plane = discs(192, 20, 48)
    plane.pixels.fill(0, 0, 96 * 192)
    const params = recipe({ diameter: 20, augment: { dihedral: 8, scales: [1, 1.25] } })
    const field = { planes: [plane], members: [toyNetwork()], ...ONE }
    const found = await predictField.run(field, params)
    const plain = await predictField.run(field, recipe({ diameter: 20 }))
    expect(found.labels.count).toBe(8)
    let differing = 0
    found.labels.pixels.forEach((label, i) => {
      if ((label === 0) !== (plain.labels.pixels[i] === 0)) differing += 1
    })
    expect(differing / found.labels.pixels.length).toBeLessThan(0.01)
  })

  test('finds nothing in an empty field, and is sure of it', async () => {
    const plane = { width: 128, height: 96, pixels: new Float32Array(128 * 96), fullScale: 1 }
    const found = await predictField.run(
      { planes: [plane], members: [toyNetwork()], ...ONE },
      recipe(),
    )
    expect(found.labels.count).toBe(0)
    expect(found.diameter).toBeNull()
    expect(found.uncertainty).toBeLessThan(0.1)
  })

  test('leaves a foreign field to a person', async () => {
    const plane = discs(192, 20, 48)
    const statistics = {
      ...({ features: 'features', pool: 'mean', weights: 'none' } as const),
      mean: Float64Array.of(9),
      factor: { of: 'covariance', lower: Float64Array.of(1) } as const,
      quantiles: { p: [0, 1], distance: [0, 2] },
      neighbours: null,
    }
    const members = [toyNetwork(0.5, toyDescription())]
    const field = { planes: [plane], members, pixelSize: null, statistics, seed: 1 }
    const found = await predictField.run(field, recipe())
    expect(found.novelty).toBe(1)
    expect(found.decision).toBe('review')
    expect(found.reasons.map(({ kind }) => kind)).toContain('field-novel')
  })
})
