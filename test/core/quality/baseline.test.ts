import { describe, expect, test } from 'vitest'
import { Baseline, deviationFrom, learnBaseline, valueAtDeviation } from '#core/quality/baseline.ts'
import { metricsOf } from '../../support/quality-metrics.ts'

const baseline = learnBaseline([
  metricsOf({ edge_sharpness: 0.3, background_level: 0.01 }),
  metricsOf({ edge_sharpness: 0.34, background_level: 0.01 }),
  metricsOf({ edge_sharpness: 0.26, background_level: 0.01 }),
  metricsOf({ edge_sharpness: null, background_level: 0.01 }),
  metricsOf({ edge_sharpness: 0.9, background_level: 0.01 }),
])

describe('a baseline', () => {
  test('keeps the median and its median distance; planes without the measure do not count', () => {
    expect(baseline.planes).toBe(5)
    expect(baseline.metrics.edge_sharpness?.median).toBeCloseTo(0.32, 12)
    expect(baseline.metrics.edge_sharpness?.mad).toBeCloseTo(0.04, 12)
    expect(baseline.metrics.FocusScore).toBeUndefined()
  })

  test('measures distances in standard deviations', () => {
    expect(deviationFrom(baseline, 'edge_sharpness', 0.32 + 0.04 * 1.4826)).toBeCloseTo(1, 12)
    expect(deviationFrom(baseline, 'FocusScore', 1)).toBeNull()
  })

  test('takes a spread of two percent where all planes agreed', () => {
    expect(deviationFrom(baseline, 'background_level', 0.0098)).toBeCloseTo(-1, 9)
  })

  test('says which value lies at a distance', () => {
    const value = valueAtDeviation(baseline, 'edge_sharpness', -6)!
    expect(deviationFrom(baseline, 'edge_sharpness', value)).toBeCloseTo(-6, 12)
    expect(valueAtDeviation(baseline, 'background_level', 8)).toBeCloseTo(0.0116, 12)
    expect(valueAtDeviation(baseline, 'FocusScore', 1)).toBeNull()
  })

  test('can be kept in a recipe', () => {
    expect(Baseline.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline)
  })
})
