import { describe, expect, test } from 'vitest'
import type { Plane } from '#core/image/plane.ts'
import { createFieldViews } from '#core/infer/field-views.ts'
import { lookFirst } from '#core/infer/first-look.ts'
import { Inference } from '#core/infer/inference-params.ts'
import type { NamedTensors } from '#core/infer/tensor.ts'
import { toyDescription, toyNetwork } from '../../support/toy-network.ts'

/** Bright discs in rows, on a dark ground. */
function discs(diameter: number, pitch: number, across = 4): Plane {
  const size = across * pitch
  const pixels = Float32Array.from({ length: size * size }, (_, i) => {
    const dx = ((i % size) % pitch) + 0.5 - pitch / 2
    const dy = (Math.floor(i / size) % pitch) + 0.5 - pitch / 2
    return Math.min(1, Math.max(0, diameter / 2 - Math.hypot(dx, dy) + 0.5))
  })
  return { width: size, height: size, pixels, fullScale: 1 }
}

/** The toy network is made for nuclei of 20 pixels. */
async function lookAt(
  plane: Plane,
  {
    pixelSize = null,
    diameter = 'auto',
  }: { pixelSize?: number | null; diameter?: number | 'auto' },
  network = toyNetwork(),
) {
  const params = Inference.parse({ models: ['toy@1.0.0'], diameter })
  const field = { plane, pixelSize, member: network }
  const { factor, maps } = await lookFirst(field, createFieldViews([plane], params), params)
  const { shown } = network
  return { factor, maps, looks: shown.length, masks: shown.map(({ masks }) => masks.join()) }
}

describe('the first look', () => {
  test('is the only one where the guess is right', async () => {
    const { looks, factor, maps } = await lookAt(discs(20, 48), {})
    expect(looks).toBe(1)
    expect(factor).toBeGreaterThan(1 / 1.2)
    expect(factor).toBeLessThan(1.2)
    expect(maps).toMatchObject({ classes: 3, directed: null })
  })

  test.each([
    // 14.1 µm is what a nucleus is taken for where the pixel size makes no sense of what is there.
    { name: 'three times too large', diameter: 20, pixelSize: 14.1421 / 60 },
    { name: 'three times too small', diameter: 45, pixelSize: 14.1421 / 15 },
  ])('is mended where nuclei are taken for $name', async ({ diameter, pixelSize }) => {
    const { factor, looks, maps } = await lookAt(discs(diameter, 2 * diameter + 4), { pixelSize })
    expect(looks).toBeGreaterThan(1)
    expect(looks).toBeLessThanOrEqual(3)
    expect(factor * diameter).toBeGreaterThan(20 / 1.2)
    expect(factor * diameter).toBeLessThan(20 * 1.2)
    expect(maps.width).toBe(Math.round(factor * 4 * (2 * diameter + 4)))
  })

  test('is at the size that the pixel gives where the field shows nothing', async () => {
    const empty = { width: 96, height: 96, pixels: new Float32Array(96 * 96), fullScale: 1 }
    const { factor, looks } = await lookAt(empty, { pixelSize: 14.1421 / 40 })
    expect(factor).toBeCloseTo(0.5, 3)
    expect(looks).toBe(1)
    expect((await lookAt(empty, {})).factor).toBe(1)
  })

  test('is at the size that the recipe names, right or wrong', async () => {
    const { factor, looks } = await lookAt(discs(20, 48), { diameter: 40, pixelSize: 0.1 })
    expect({ factor, looks }).toEqual({ factor: 0.5, looks: 1 })
  })

  test('gives up after three where every look says that nuclei are too small', async () => {
    const network = toyNetwork()
    const stubborn = {
      ...network,
      run: (inputs: NamedTensors) => {
        const { data, dims } = inputs['image']!
        const width = dims[3]!
        const dots = data.map((_, i) =>
          Math.hypot(((i % width) % 24) - 12, (Math.floor(i / width) % 24) - 12) < 5 ? 1 : 0,
        )
        return network.run({ ...inputs, image: { data: dots, dims } })
      },
    }
    const { looks, factor } = await lookAt(discs(20, 48, 3), {}, stubborn)
    expect(looks).toBe(3)
    expect(factor).toBeCloseTo(4, -0.3)
  })

  test('is at the field’s own size for a network that does not care', async () => {
    const network = toyNetwork(0.5, toyDescription({ diameter: null }))
    const { factor, looks } = await lookAt(discs(60, 100, 2), {}, network)
    expect({ factor, looks }).toEqual({ factor: 1, looks: 1 })
  })

  test('has all units in', async () => {
    const { masks } = await lookAt(discs(60, 124, 3), { pixelSize: 0.05 })
    expect(new Set(masks)).toEqual(new Set(['1,1,1,1']))
  })
})
