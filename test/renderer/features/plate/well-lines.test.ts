import { describe, expect, test } from 'vitest'
import { NO_COUNTS, type FieldRow, type PlaneRow } from '../../../../src/contract/plates.ts'
import type { FieldId, PlaneId } from '../../../../src/core/brand.ts'
import { figuresOf } from '../../../../src/renderer/features/plate/figures.ts'
import { FIRST_LOOK } from '../../../../src/renderer/features/plate/look.ts'
import {
  countImagedAgain,
  imagesText,
  reasonsText,
  stateText,
  summarise,
  wellLines,
  worstOf,
} from '../../../../src/renderer/features/plate/well-lines.ts'
import { openPlate, plateDetails, wellRow } from '../../../support/sample-plate.ts'

const details = plateDetails(
  6,
  [
    wellRow(0, 0, { objects: 0 }),
    wellRow(0, 1, {
      states: { ...NO_COUNTS, fail: 2, pass: 2 },
      reasons: { saturated: 1, 'out-of-focus': 2 },
      objects: 5,
    }),
    wellRow(0, 2, { states: NO_COUNTS, objects: null }),
  ],
  { layout: [{ well: 'A02', control: 'positive', labels: { compound: 'Taxol' } }] },
)
const plate = openPlate(details)
const figures = figuresOf([plate], { ...FIRST_LOOK, colourBy: { kind: 'objects' } })
const lines = wellLines(figures.plates[0]!)

describe('a plate in words', () => {
  test('has a line for every well, imaged or not', () => {
    expect(lines.map(line => `${line.well} ${stateText(line)}`)).toEqual([
      'A01 pass, no objects',
      'A02 fail',
      'A03 not arrived',
      'B01 not imaged',
      'B02 not imaged',
      'B03 not imaged',
    ])
  })

  test('says how many images are here', () => {
    expect(lines.slice(0, 3).map(imagesText)).toEqual(['4 images', '4 images', 'none of 4 images'])
    expect(imagesText({ here: 3, arrived: 3, expected: 4 })).toBe('3 of 4 images')
    expect(imagesText({ here: 1, arrived: 1, expected: null })).toBe('1 image')
    expect(imagesText({ here: 5, arrived: 3, expected: 4 })).toBe('3 of 4 images')
    expect(imagesText({ here: 5, arrived: 4, expected: 4 })).toBe('5 images')
  })

  test('says why, the most frequent reason first', () => {
    expect(reasonsText(lines[1]!)).toBe('out of focus in 2, saturated in 1')
  })

  test('carries what the platemap says', () => {
    expect(lines[1]).toMatchObject({ control: 'positive', labels: { compound: 'Taxol' } })
  })
})

describe('several wells in sum', () => {
  test('mean and sample deviation are over wells with a number', () => {
    const sum = summarise(lines)
    expect(sum).toMatchObject({ wells: 6, count: 2, mean: 2.5, objects: 5 })
    expect(sum.deviation).toBeCloseTo(Math.sqrt(12.5), 10)
    expect(sum.states).toEqual([
      { state: 'fail', count: 1 },
      { state: 'pass', count: 1 },
      { state: 'missing', count: 1 },
      { state: 'not-imaged', count: 3 },
    ])
  })

  test('one well has no deviation, none has no mean', () => {
    expect(summarise(lines.slice(0, 1)).deviation).toBeNaN()
    expect(summarise([]).mean).toBeNaN()
    expect(summarise(lines.slice(3)).objects).toBeNull()
  })
})

test('a field was imaged again where an image took the place of another', () => {
  const plane = (supersedes: number | null): PlaneRow => ({ supersedes }) as PlaneRow
  const field = (...planes: PlaneRow[]): FieldRow => ({ planes }) as unknown as FieldRow
  expect(countImagedAgain([field(plane(null)), field(plane(0), plane(4))])).toBe(1)
  expect(countImagedAgain([])).toBe(0)
})

describe('the field to look at first', () => {
  function plane(id: number, state: PlaneRow['state']): PlaneRow {
    return { planeId: id as PlaneId, state, supersededBy: null } as PlaneRow
  }
  function field(id: number, ...planes: PlaneRow[]): FieldRow {
    return { fieldId: id as FieldId, planes } as unknown as FieldRow
  }

  test('has the worst image', () => {
    const fields = [
      field(1, plane(1, 'pass'), plane(2, 'cannot-judge')),
      field(2, plane(3, 'fail')),
    ]
    expect(worstOf(fields)).toMatchObject({ field: { fieldId: 2 }, plane: { planeId: 3 } })
  })

  test('is the first where all pass, and no image of it in particular', () => {
    const fields = [field(1, plane(1, 'pass')), field(2, plane(2, 'pass'))]
    expect(worstOf(fields)).toMatchObject({ field: { fieldId: 1 }, plane: null })
  })

  test('does not exist in a well without fields', () => {
    expect(worstOf([])).toBeNull()
  })
})
