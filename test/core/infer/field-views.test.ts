import { expect, test } from 'vitest'
import { createFieldViews } from '#core/infer/field-views.ts'
import { toyDescription } from '../../support/toy-network.ts'

const PLANE = {
  width: 40,
  height: 24,
  pixels: Uint16Array.from({ length: 40 * 24 }, (_, i) => i),
  fullScale: 65535,
}
const PARAMS = { illumination: 'as-is', intensity: { scope: 'field' } } as const

function withSteps(gain: number) {
  const description = toyDescription()
  const [image, ...rest] = description.inputs
  const processing = [{ id: 'scale_linear', gain, offset: 0, axis: null }] as const
  return { ...description, inputs: [{ ...image!, processing }, ...rest] }
}

test('networks that want the same are shown the same tensor, others another', () => {
  const views = createFieldViews([PLANE], PARAMS)
  const one = views.at(withSteps(1), 1)
  expect(views.at(withSteps(1), 1)).toBe(one)
  const other = views.at(withSteps(2), 1)
  expect(other.data[7]).toBe(2 * one.data[7]!)
  expect(views.at(withSteps(1), 1)).toEqual(one)
})

test('a view has so many times the size of the field, the nearest whole one', () => {
  const views = createFieldViews([PLANE], PARAMS)
  expect(views.at(withSteps(1), 0.5).dims).toEqual([1, 1, 12, 20])
  expect(views.at(withSteps(1), 1.26).dims).toEqual([1, 1, 30, 50])
  expect(views.at(withSteps(1), 0.5).dims).toEqual([1, 1, 12, 20])
})
