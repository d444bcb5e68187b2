import { describe, expect, test } from 'vitest'
import { matchObjects } from '#core/review/match-objects.ts'

describe('matchObjects', () => {
  test('prefers two weak pairs to one strong pair', () => {
    const overlaps = [
      { truth: 1, predicted: 1, iou: 0.4 },
      { truth: 1, predicted: 2, iou: 0.2 },
      { truth: 2, predicted: 1, iou: 0.2 },
    ]
    expect(matchObjects(overlaps, 0.1)).toEqual([overlaps[1], overlaps[2]])
    expect(matchObjects(overlaps, 0.3)).toEqual([overlaps[0]])
  })

  test('prefers the larger sum of IoU among equally many pairs', () => {
    const overlaps = [
      { truth: 1, predicted: 1, iou: 0.3 },
      { truth: 1, predicted: 2, iou: 0.3 },
      { truth: 2, predicted: 1, iou: 0.3 },
      { truth: 2, predicted: 2, iou: 0.4 },
    ]
    expect(matchObjects(overlaps, 0.1)).toEqual([overlaps[0], overlaps[3]])
  })

  test('counts a pair that lies exactly at the threshold', () => {
    const halves = [
      { truth: 1, predicted: 1, iou: 0.5 },
      { truth: 1, predicted: 2, iou: 0.5 },
    ]
    expect(matchObjects(halves, 0.5)).toHaveLength(1)
  })

  test('pairs each of many pieces with at most one object', () => {
    const pieces = [1, 2, 3].map(predicted => ({ truth: 1, predicted, iou: predicted / 10 }))
    expect(matchObjects(pieces, 0.05)).toEqual([pieces[2]])
  })
})
