import { describe, expect, test } from 'vitest'
import type { MetricName } from '#core/quality/metrics.ts'
import { METRIC_NAMES, type QualityMetrics } from '#core/quality/metrics.ts'
import { defaultQuality } from '#core/quality/rules.ts'
import { judgePlane } from '#core/quality/verdict.ts'
import { findingsOf } from '#core/review/findings.ts'

const good: QualityMetrics = {
  ...(Object.fromEntries(METRIC_NAMES.map(name => [name, 0])) as Record<MetricName, number>),
  StdIntensity: 0.1,
  foreground_fraction: 0.1,
  edge_fraction: 0.1,
  edge_sharpness: 0.3,
}

function explain(metrics: Partial<QualityMetrics>) {
  const measured = { ...good, ...metrics }
  const judged = { metrics: measured, channel: 'DNA', role: 'nucleus' } as const
  const { reasons } = judgePlane.run(judged, defaultQuality)
  return findingsOf({ reasons, metrics: measured, channel: 'DNA' }, defaultQuality)
}

describe('what stands behind the reasons of a verdict', () => {
  test('is the measurement and the limit it does not keep', () => {
    expect(explain({ edge_sharpness: 0.03, saturated_fraction: 0.01 })).toEqual([
      {
        reason: 'out-of-focus',
        metric: 'edge_sharpness',
        of: 'value',
        fails: 'below',
        value: 0.03,
        limit: 0.07,
      },
      {
        reason: 'saturated',
        metric: 'saturated_fraction',
        of: 'value',
        fails: 'above',
        value: 0.01,
        limit: 0.002,
      },
    ])
  })

  test('is what was not there to judge by', () => {
    expect(explain({ foreground_fraction: 0 })).toMatchObject([
      { reason: 'empty-field', metric: 'foreground_fraction', value: 0, limit: 0.0005 },
    ])
  })

  test('is what could not be measured', () => {
    expect(explain({ edge_sharpness: null })).toMatchObject([
      { reason: 'no-clear-edges', metric: 'edge_sharpness', value: null },
    ])
  })

  test('is nothing for a plane that passes', () => {
    expect(explain({})).toEqual([])
  })

  test('is nothing for a reason that no rule gives any more', () => {
    const plane = { reasons: ['too-green'], metrics: good, channel: 'DNA' }
    expect(findingsOf(plane, defaultQuality)).toEqual([])
  })
})
