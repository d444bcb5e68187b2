import { describe, expect, test } from 'vitest'
import { defaultQuality, QualitySettings } from '#core/quality/rules.ts'
import { doublingsBeyond, severityOf } from '#core/review/severity.ts'

const finding = { reason: 'r', metric: 'edge_sharpness', of: 'value' } as const

describe('how far a measurement lies beyond its limit', () => {
  test.each([
    { name: 'half of what is wanted', fails: 'below', limit: 0.08, value: 0.04, doublings: 1 },
    { name: 'twice what is allowed', fails: 'above', limit: 0.002, value: 0.004, doublings: 1 },
    { name: 'exactly at the limit', fails: 'above', limit: 0.002, value: 0.002, doublings: 0 },
    { name: 'within the limit', fails: 'above', limit: 0.4, value: 0.1, doublings: 0 },
    { name: 'twice the deviation below', fails: 'below', limit: -6, value: -12, doublings: 1 },
    { name: 'nothing of what is wanted', fails: 'below', limit: 0.08, value: 0, doublings: 16 },
    { name: 'past zero', fails: 'above', limit: -2, value: 1, doublings: 16 },
    { name: 'beyond a limit of zero', fails: 'above', limit: 0, value: 3, doublings: 2 },
    { name: 'infinitely far', fails: 'above', limit: 8, value: Infinity, doublings: 16 },
    { name: 'not measured', fails: 'above', limit: 8, value: null, doublings: 0 },
  ] as const)('$name is $doublings doublings', ({ doublings, ...rest }) => {
    expect(doublingsBeyond({ ...finding, ...rest })).toBeCloseTo(doublings, 12)
  })

  test('never shrinks as a measurement gets worse', () => {
    for (const limit of [-2, 0, 0.5]) {
      const values = Array.from({ length: 81 }, (_, i) => limit + i * 0.05)
      const above = values.map(value =>
        doublingsBeyond({ ...finding, fails: 'above', limit, value }),
      )
      expect(above).toEqual(above.toSorted((a, b) => a - b))
      const below = values.map(value =>
        doublingsBeyond({ ...finding, fails: 'below', limit, value: 2 * limit - value }),
      )
      expect(below).toEqual(below.toSorted((a, b) => a - b))
    }
  })
})

describe('the severity of a flagged plane', () => {
  const plane = { channel: 'DNA', metrics: {}, reasons: [] }

  test('is that of its worst reason', () => {
    const metrics = { edge_anisotropy: 0.5, saturated_fraction: 0.032 }
    const reasons = ['moved', 'saturated']
    const severity = severityOf({ ...plane, state: 'fail', metrics, reasons }, defaultQuality)
    expect(severity).toBeCloseTo(4, 12)
  })

  test('is greatest for what cannot be read, and least for what cannot be judged', () => {
    const metrics = { saturated_fraction: 1 }
    const fails = { ...plane, state: 'fail', metrics, reasons: ['saturated'] } as const
    const barely = { ...plane, state: 'fail', reasons: ['no-rule-of-today'] } as const
    const empty = { ...plane, state: 'cannot-judge', reasons: ['empty-field'] } as const
    const severities = [{ ...plane, state: 'unreadable' } as const, fails, barely, empty].map(
      flagged => severityOf(flagged, defaultQuality),
    )
    expect(severities).toEqual(severities.toSorted((a, b) => b - a))
    expect(new Set(severities).size).toBe(4)
  })

  test('counts deviations from the baseline of its channel', () => {
    const settings = QualitySettings.parse({
      baselines: { DNA: { planes: 9, metrics: { edge_sharpness: { median: 0.4, mad: 0.01 } } } },
    })
    const metrics = { edge_sharpness: 0.4 - 24 * 1.4826 * 0.01 }
    const fails = { ...plane, metrics, reasons: ['less-sharp-than-baseline'] }
    expect(severityOf({ ...fails, state: 'fail' }, settings)).toBeCloseTo(2, 9)
    expect(severityOf({ ...fails, state: 'fail', channel: 'ER' }, settings)).toBe(0)
  })
})
