import { describe, expect, test } from 'vitest'
import { evaluateLabels, IOU_THRESHOLDS, poolEvaluations } from '#core/review/evaluate.ts'
import { labels } from '../../support/labels.ts'

const truth = labels(`
  1111.22
  1111.22
  .......
  333....
`)

// 6 of 8 pixels of object 1 (IoU 0.75), all of object 2, nothing of 3, and one invention.
const predicted = labels(`
  1113.22
  111..22
  ......4
  .......
`)

describe('evaluateLabels', () => {
  test('scores matched, missed and invented objects', () => {
    const { thresholds } = evaluateLabels(predicted, truth)
    expect(thresholds['0.75']).toEqual({
      precision: 2 / 4,
      recall: 2 / 3,
      f1: 4 / 7,
      matchedIou: 1.75 / 2,
      panopticQuality: 3.5 / 7,
      truth: 3,
      predicted: 4,
    })
    expect(thresholds['0.8']).toMatchObject({ recall: 1 / 3, matchedIou: 1 })
  })

  test('names its thresholds 0.5 to 0.95', () => {
    expect(Object.keys(evaluateLabels(predicted, truth).thresholds)).toEqual(
      '0.5 0.55 0.6 0.65 0.7 0.75 0.8 0.85 0.9 0.95'.split(' '),
    )
  })

  test('counts an IoU of 11/20 at 0.55', () => {
    const twenty = labels('11111111111111111111')
    const eleven = labels('11111111111.........')
    expect(evaluateLabels(eleven, twenty, [0.55, 0.6]).thresholds).toMatchObject({
      '0.55': { f1: 1 },
      '0.6': { f1: 0 },
    })
  })

  test('gives 1 throughout for a perfect prediction, whatever the numbering', () => {
    const renumbered = labels(`
      3333.11
      3333.11
      .......
      222....
    `)
    for (const threshold of IOU_THRESHOLDS) {
      expect(evaluateLabels(renumbered, truth).thresholds[String(threshold)]).toEqual({
        precision: 1,
        recall: 1,
        f1: 1,
        matchedIou: 1,
        panopticQuality: 1,
        truth: 3,
        predicted: 3,
      })
    }
  })

  const nothing = { precision: 0, recall: 0, f1: 0, matchedIou: 0, panopticQuality: 0 }
  const everything = { precision: 1, recall: 1, f1: 1, matchedIou: 1, panopticQuality: 1 }

  test.each([
    { name: 'gives 0 where all was missed', found: '....', there: '11.2', scores: nothing },
    { name: 'gives 0 where all was invented', found: '1.22', there: '....', scores: nothing },
    { name: 'gives 0 where nothing meets', found: '1...', there: '..11', scores: nothing },
    {
      name: 'gives 1 for an empty image called empty',
      found: '....',
      there: '....',
      scores: everything,
    },
  ])('$name', ({ found, there, scores }) => {
    expect(evaluateLabels(labels(found), labels(there)).thresholds['0.5']).toMatchObject(scores)
  })
})

describe('poolEvaluations', () => {
  test('weighs every object alike, so a crowded image counts for more than a sparse one', () => {
    const crowded = evaluateLabels(labels('1.2.3.4'), labels('1.2.3.4'), [0.5])
    const missed = evaluateLabels(labels('.......'), labels('11.....'), [0.5])
    expect(poolEvaluations([crowded, missed], [0.5]).thresholds['0.5']).toEqual({
      precision: 1,
      recall: 4 / 5,
      f1: 8 / 9,
      matchedIou: 1,
      panopticQuality: 8 / 9,
      truth: 5,
      predicted: 4,
    })
  })

  test('takes no credit for empty images', () => {
    const empty = evaluateLabels(labels('..'), labels('..'))
    const missed = evaluateLabels(labels('..'), labels('11'))
    const pooled = poolEvaluations([empty, empty, missed])
    expect(pooled.thresholds['0.5']).toMatchObject({ recall: 0, truth: 1, predicted: 0 })
  })

  test('equals the evaluation of one image that holds them all', () => {
    const pooled = poolEvaluations([
      evaluateLabels(labels('111.'), labels('11..')),
      evaluateLabels(labels('11.2'), labels('1.22')),
    ])
    const whole = evaluateLabels(labels('111.22.3'), labels('11..2.33'))
    expect(pooled).toEqual(whole)
  })

  test('refuses to score no image at all', () => {
    expect(() => poolEvaluations([])).toThrow(RangeError)
  })
})
