import { describe, expect, test } from 'vitest'
import type { ObjectTable } from '#core/measure/object-table.ts'
import { aggregateObjects } from '#core/plate/aggregate.ts'

function field(values: readonly number[], name = 'AreaShape_Area'): ObjectTable {
  return { count: values.length, columns: [{ name, values: Float64Array.from(values) }] }
}

function aggregate(...tables: readonly ObjectTable[]) {
  return aggregateObjects.run(tables, aggregateObjects.defaults)
}

const nothing = { mean: null, median: null, mad: null, sd: null, min: null, max: null }

describe('aggregateObjects', () => {
  test('gives mean, median, unscaled median absolute deviation, spread and extremes', () => {
    expect(aggregate(field([1, 2, 3, 4, 100]))).toEqual({
      count: 5,
      fields: 1,
      measures: [
        {
          name: 'AreaShape_Area',
          mean: 22,
          median: 3,
          mad: 1,
          // numpy.std([1, 2, 3, 4, 100], ddof=1)
          sd: expect.closeTo(43.617656975128774, 12) as number,
          min: 1,
          max: 100,
          missing: 0,
        },
      ],
    })
  })

  test('knows no spread of a single object', () => {
    const { measures } = aggregate(field([7]))
    expect(measures[0]).toMatchObject({ mean: 7, median: 7, sd: null, min: 7, max: 7 })
  })

  test('weighs objects alike, not fields', () => {
    const { count, fields, measures } = aggregate(field([10, 10, 10]), field([50]))
    expect({ count, fields }).toEqual({ count: 4, fields: 2 })
    expect(measures[0]).toMatchObject({ mean: 20, median: 10 })
  })

  test('counts a field without objects as a field', () => {
    expect(aggregate(field([]), field([7]))).toMatchObject({ count: 1, fields: 2 })
  })

  test('has no values where there are no objects', () => {
    expect(aggregate(field([]))).toEqual({
      count: 0,
      fields: 1,
      measures: [{ name: 'AreaShape_Area', ...nothing, missing: 0 }],
    })
    expect(aggregate()).toEqual({ count: 0, fields: 0, measures: [] })
  })

  test('leaves out and counts objects without a finite value', () => {
    const { count, measures } = aggregate(field([NaN, 4, Infinity, 6]), field([NaN]))
    expect(count).toBe(5)
    expect(measures[0]).toMatchObject({ mean: 5, median: 5, mad: 1, missing: 3 })
  })

  test('counts the objects of a field that lacks a measure as missing it', () => {
    const { measures } = aggregate(field([1, 2]), field([0.5], 'Intensity_MeanIntensity_DNA'))
    expect(measures.map(({ name, missing }) => [name, missing])).toEqual([
      ['AreaShape_Area', 1],
      ['Intensity_MeanIntensity_DNA', 2],
    ])
  })

  test('leaves the tables as they were', () => {
    const table = field([3, 1, 2])
    aggregate(table)
    expect([...table.columns[0]!.values]).toEqual([3, 1, 2])
  })
})
