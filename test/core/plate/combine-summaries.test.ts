import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aggregateObjects } from '#core/plate/aggregate.ts'
import {
  combineSummaries,
  single,
  type PartSummary,
  type StatisticWord,
} from '#core/plate/combine-summaries.ts'

/** What a field's record says of its objects. */
function part(values: readonly number[]): PartSummary {
  const table = {
    count: values.length,
    columns: [{ name: 'Area', values: Float64Array.from(values) }],
  }
  const { count, measures } = aggregateObjects.run([table], aggregateObjects.defaults)
  const { missing, ...measure } = measures[0]!
  return { n: count - missing, ...measure }
}

const areas = fc.array(
  fc.oneof(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.constant(NaN)),
  {
    maxLength: 12,
  },
)

describe('combining the fields of a well', () => {
  test.each<StatisticWord>(['mean', 'sum', 'sd', 'min', 'max'])(
    'gives the %s that all objects together have',
    statistic => {
      fc.assert(
        fc.property(fc.array(areas, { minLength: 1, maxLength: 6 }), fields => {
          const apart = combineSummaries(fields.map(part), statistic)
          const together = combineSummaries([part(fields.flat())], statistic)
          if (together === null) expect(apart).toBeNull()
          else expect(Math.abs(apart! - together)).toBeLessThan(1e-6)
        }),
      )
    },
  )

  test('gives the variation in per cent of the mean, whatever its sign', () => {
    expect(combineSummaries([part([9, 11])], 'cv')).toBeCloseTo(14.142135623730951, 12)
    expect(combineSummaries([part([-9, -11])], 'cv')).toBeCloseTo(14.142135623730951, 12)
    expect(combineSummaries([part([-1, 1])], 'cv')).toBeNull()
  })

  test('takes the median of the fields’ medians', () => {
    expect(combineSummaries([part([1, 1, 9]), part([5]), part([6, 8])], 'median')).toBe(5)
  })

  test('is exact for the median of single values', () => {
    expect(combineSummaries([3, 1, 10, 2].map(single), 'median')).toBe(2.5)
  })

  test('says nothing where no field has a value', () => {
    expect(combineSummaries([], 'sum')).toBeNull()
    expect(combineSummaries([part([]), part([NaN])], 'mean')).toBeNull()
  })

  test('leaves fields without a value out', () => {
    expect(combineSummaries([part([NaN]), part([4])], 'min')).toBe(4)
  })

  test('says nothing of the spread where a record of an older version does not', () => {
    const older = { n: 3, mean: 2, median: 2, sd: undefined, min: undefined, max: undefined }
    const parts = [older, part([5, 6])]
    expect(combineSummaries(parts, 'sd')).toBeNull()
    expect(combineSummaries(parts, 'max')).toBeNull()
    expect(combineSummaries(parts, 'mean')).toBeCloseTo(3.4, 12)
  })
})
