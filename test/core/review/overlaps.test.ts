import { expect, test } from 'vitest'
import { overlapsOf } from '#core/review/overlaps.ts'
import { labels } from '../../support/labels.ts'

test('lists the pairs that share pixels, with intersection over union', () => {
  const predicted = labels(`
    111..
    1112.
    ...22
  `)
  const truth = labels(`
    .11..
    .111.
    ....2
  `)
  expect(overlapsOf(predicted, truth)).toEqual([
    { predicted: 1, truth: 1, iou: 4 / 7 },
    { predicted: 2, truth: 1, iou: 1 / 7 },
    { predicted: 2, truth: 2, iou: 1 / 3 },
  ])
})

test('finds none between objects that do not meet', () => {
  expect(overlapsOf(labels('11..'), labels('..11'))).toEqual([])
})

test('counts an object whose pixels are scattered as one', () => {
  expect(overlapsOf(labels('1.1.1'), labels('11111'))).toEqual([
    { predicted: 1, truth: 1, iou: 3 / 5 },
  ])
})

test('refuses images of different sizes', () => {
  expect(() => overlapsOf(labels('11..'), labels('11'))).toThrow('4×1 and 2×1')
})
