import { describe, expect, test } from 'vitest'
import { findRuns } from '#core/measure/object-runs.ts'
import { labels } from '../../support/labels.ts'

function drawn(drawing: string) {
  const runs = findRuns(labels(drawing))
  return Array.from({ length: runs.count }, (_, object) =>
    Array.from({ length: runs.first[object + 1]! - runs.first[object]! }, (_, i) => {
      const run = runs.first[object]! + i
      return [runs.y[run]!, runs.start[run]!, runs.end[run]!]
    }),
  )
}

describe('findRuns', () => {
  test('lists the runs of each object from top to bottom and left to right', () => {
    const runs = drawn(`
      11.22
      1.122
      .33..
    `)
    expect(runs).toEqual([
      [
        [0, 0, 2],
        [1, 0, 1],
        [1, 2, 3],
      ],
      [
        [0, 3, 5],
        [1, 3, 5],
      ],
      [[2, 1, 3]],
    ])
  })

  test('ends a run at the right edge, even where the object goes on at the left', () => {
    const runs = drawn(`
      ..11
      11..
    `)
    expect(runs).toEqual([
      [
        [0, 2, 4],
        [1, 0, 2],
      ],
    ])
  })

  test('finds none in an empty field', () => {
    expect(findRuns(labels('...')).count).toBe(0)
  })

  test('refuses labels with a gap in their numbers, or with a number too many', () => {
    const gap = labels('1.3')
    expect(() => findRuns(gap)).toThrow('Object 2 of 3 has no pixels')
    expect(() => findRuns({ ...gap, count: 2 })).toThrow('Label 3 among 2 objects')
  })
})
