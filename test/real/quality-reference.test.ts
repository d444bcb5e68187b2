import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureQuality, METRIC_NAMES, type MetricName } from '#core/quality/metrics.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { realPlane } from '../support/real-plane.ts'

// What CellProfiler's MeasureImageQuality printed for 90 images, a row each.
const reference = realPath('quality-reference.csv')
const rows = existsSync(reference)
  ? (parse(readFileSync(reference), { columns: true }) as Record<string, string>[])
  : []

/** Our sums run in another order; the threshold's logarithms are of single precision there. */
const TOLERANCE = 1e-9
const THRESHOLD_TOLERANCE = 1e-6

describeReal('the measures of CellProfiler', () => {
  test('are known for ninety images', () => expect(rows).toHaveLength(90))

  test.each(rows.map(row => [row['path']!, row] as const))('%s', async (path, row) => {
    const plane = await realPlane(path)
    expect([plane.width, plane.height]).toEqual([Number(row['width']), Number(row['height'])])
    const metrics = measureQuality.run(plane, measureQuality.defaults)
    const measures = METRIC_NAMES.filter(name => row[name] !== undefined)
    expect(measures).toHaveLength(14)
    const wrong = measures.filter(name => !agrees(name, metrics[name], Number(row[name])))
    expect(wrong).toEqual([])
  })
})

function agrees(name: MetricName, value: number | null, expected: number): boolean {
  const tolerance = name === 'ThresholdOtsu' ? THRESHOLD_TOLERANCE : TOLERANCE
  return value !== null && Math.abs(value - expected) <= tolerance * Math.abs(expected)
}
