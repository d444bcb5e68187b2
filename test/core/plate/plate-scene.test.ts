import { describe, expect, test } from 'vitest'
import { plateScene, type SceneWell } from '../../../src/core/plate/plate-scene.ts'
import { WELL_STATES } from '../../../src/core/plate/well-state.ts'

const nothing = { waiting: 0, pass: 0, fail: 0, 'cannot-judge': 0, unreadable: 0 }

const wells: readonly SceneWell[] = [
  { row: 0, column: 1, expected: 2, states: { ...nothing, pass: 2 }, objects: 0 },
  { row: 1, column: 0, expected: 2, states: { ...nothing, pass: 1, fail: 1 }, objects: 7 },
  { row: 1, column: 1, expected: 2, states: nothing, objects: null },
]

const plate = { rows: 2, columns: 2, wells, controls: new Map([[2, 'N']]) }

describe('the scene of a plate', () => {
  test('tells apart what was not imaged, is missing, is empty and has cells', () => {
    const scene = plateScene({ ...plate, colouring: { kind: 'verdict' } })
    expect([...scene.states].map(i => WELL_STATES[i])).toEqual([
      'not-imaged',
      'pass',
      'fail',
      'missing',
    ])
    expect([...scene.empty]).toEqual([0, 1, 0, 0])
    expect([...scene.shares]).toEqual([1, 1, 0.5, 1])
    expect(scene.controls).toEqual(['', '', 'N', ''])
  })

  test('shows at its margins where planes fail', () => {
    const { paint } = plateScene({ ...plate, colouring: { kind: 'verdict' } })
    expect(paint).toEqual({
      kind: 'verdict',
      rowShares: Float64Array.of(0, 0.5),
      columnShares: Float64Array.of(0.5, 0),
    })
  })

  test('colours wells and margins by one scale', () => {
    const values = Float64Array.of(NaN, 0, 10, NaN)
    const scale = { low: 0, high: 10 }
    const { paint } = plateScene({ ...plate, colouring: { kind: 'values', values, scale } })
    expect(paint).toMatchObject({
      colours: Int16Array.of(-1, 0, 255, -1),
      rowColours: Int16Array.of(0, 255),
      columnColours: Int16Array.of(255, 0),
    })
  })

  test('marks wells with a hole', () => {
    const holes = new Map([[2, 'late'] as const, [3, 'missing'] as const])
    const scene = plateScene({ ...plate, holes, colouring: { kind: 'verdict' } })
    expect([...scene.holes]).toEqual([0, 0, 1, 2])
  })

  test('has no colours without a scale', () => {
    const values = new Float64Array(4).fill(NaN)
    const { paint } = plateScene({ ...plate, colouring: { kind: 'values', values, scale: null } })
    expect(paint).toMatchObject({ colours: new Int16Array(4).fill(-1) })
  })
})
