import { expect, test } from 'vitest'
import { brightnessOf, trimToOutline } from '#core/derive/trim-to-outline.ts'
import { labels } from '../../support/labels.ts'

const row = (...values: number[]) => ({
  width: values.length,
  height: 1,
  pixels: Float32Array.from(values),
})

test('draws the outline of each object at its own half maximum', () => {
  const image = row(20, 60, 100, 100, 100, 45, 12, 14, 18, 20, 20, 16, 13)
  const objects = labels('1111112222222')
  const background = row(...Array<number>(13).fill(10))
  const brightness = brightnessOf(objects, image, background)
  expect(trimToOutline(objects, image, brightness, 0.5)).toEqual(labels('.1111..22222.'))
})
