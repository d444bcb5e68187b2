import { describe, expect, test } from 'vitest'
import { cutCrops, objectCentres, planCrops } from '#core/infer/crop-objects.ts'
import { createFieldViews } from '#core/infer/field-views.ts'
import { labels } from '../../support/labels.ts'
import { toyDescriber } from '../../support/toy-describer.ts'

const AS_IS = { illumination: 'as-is', intensity: { scope: 'field' } } as const

/** Pixel x, y holds 100 y + x. */
function numbered(width: number, height: number) {
  const pixels = Float32Array.from({ length: width * height }, (_, i) => {
    return 100 * Math.floor(i / width) + (i % width)
  })
  return { width, height, pixels, fullScale: 1 }
}

describe('objectCentres', () => {
  test('are the means of pixels, in the order of the numbers', () => {
    const field = labels(`
      22.1
      22.1
      ...1`)
    expect(objectCentres(field)).toEqual([
      { x: 3, y: 1 },
      { x: 0.5, y: 0.5 },
    ])
  })
})

describe('crops', () => {
  test('lie around the centre, in pixels of the network', () => {
    const plane = numbered(40, 30)
    const views = createFieldViews([plane], AS_IS)
    const { description } = toyDescriber({ side: 16, diameter: 10 })
    const crops = planCrops(views, description, [{ x: 19.5, y: 14.5 }], 10, plane)
    expect(crops.regions).toEqual([{ left: 12, top: 7, width: 16, height: 16 }])
    const { data, dims } = cutCrops(crops, 0, 1)
    expect(dims).toEqual([1, 1, 16, 16])
    expect([data[0], data[15], data[255]]).toEqual([712, 727, 2227])
  })

  test('are of the field brought to the size of nuclei that the network wants', () => {
    const plane = numbered(40, 30)
    const views = createFieldViews([plane], AS_IS)
    const { description } = toyDescriber({ side: 16, diameter: 20 })
    const crops = planCrops(views, description, [{ x: 19.5, y: 14.5 }], 10, plane)
    expect(crops.view.dims).toEqual([1, 1, 60, 80])
    expect(crops.regions).toEqual([{ left: 32, top: 22, width: 16, height: 16 }])
  })

  test('mirror the field at its borders', () => {
    const plane = numbered(40, 30)
    const views = createFieldViews([plane], AS_IS)
    const { description } = toyDescriber({ side: 16 })
    const crops = planCrops(views, description, [{ x: 0, y: 0 }], null, plane)
    const { data } = cutCrops(crops, 0, 1)
    const { left, top } = crops.regions[0]!
    expect([left, top]).toEqual([-7, -7])
    // What is 7 pixels before the first is what is 7 pixels behind it.
    expect(data[0]).toBe(707)
    expect(data[7 * 16 + 7]).toBe(0)
  })

  test('are three nuclei wide for a network that takes any size', () => {
    const plane = numbered(40, 30)
    const views = createFieldViews([plane], AS_IS)
    const { description } = toyDescriber({ side: null, diameter: 9 })
    const crops = planCrops(views, description, [{ x: 9, y: 9 }], 9, plane)
    expect(crops.regions[0]).toMatchObject({ width: 28, height: 28 })
  })

  test('of nothing are nothing', () => {
    const plane = numbered(40, 30)
    const views = createFieldViews([plane], AS_IS)
    const crops = planCrops(views, toyDescriber().description, [], null, plane)
    expect(cutCrops(crops, 0, 0).data).toHaveLength(0)
  })
})
