import { describe, expect, test } from 'vitest'
import { learnBaseline } from '#core/quality/baseline.ts'
import { measureQuality, type QualityMetrics } from '#core/quality/metrics.ts'
import { QualitySettings } from '#core/quality/rules.ts'
import { judgePlane, type PlaneVerdict } from '#core/quality/verdict.ts'
import { drawNucleiField, type NucleiField } from '../../support/nuclei-field.ts'
import { metricsOf } from '../../support/quality-metrics.ts'

function judge(metrics: Partial<QualityMetrics>, settings: QualitySettings): PlaneVerdict {
  return judgePlane.run({ metrics: metricsOf(metrics), channel: 'DAPI', role: 'nucleus' }, settings)
}

describe('a verdict', () => {
  const settings = QualitySettings.parse({
    rules: [
      {
        metric: 'edge_sharpness',
        fails: 'below',
        limit: 0.1,
        reason: 'blurred',
        needs: [
          { metric: 'StdIntensity', atLeast: 0.001, otherwise: 'blank' },
          { metric: 'edge_fraction', atLeast: 0.01, otherwise: 'empty' },
        ],
        otherwise: 'unclear',
      },
      { metric: 'saturated_fraction', fails: 'above', limit: 0.01, reason: 'clipped' },
    ],
  })
  const good = { StdIntensity: 0.1, edge_fraction: 0.2, edge_sharpness: 0.3, saturated_fraction: 0 }

  test.each([
    { name: 'passes what meets every rule', change: {}, verdict: 'pass', reasons: [] },
    {
      name: 'fails what breaks one',
      change: { edge_sharpness: 0.05 },
      verdict: 'fail',
      reasons: ['blurred'],
    },
    {
      name: 'gives every reason for a failure',
      change: { edge_sharpness: 0.05, saturated_fraction: 0.5 },
      verdict: 'fail',
      reasons: ['blurred', 'clipped'],
    },
    {
      name: 'does not judge what the rule needs and lacks',
      change: { edge_fraction: 0, edge_sharpness: 0.05 },
      verdict: 'cannot-judge',
      reasons: ['empty'],
    },
    {
      name: 'names the first need that is not met',
      change: { StdIntensity: 0, edge_fraction: 0 },
      verdict: 'cannot-judge',
      reasons: ['blank'],
    },
    {
      name: 'does not judge by what was not measured',
      change: { edge_sharpness: null },
      verdict: 'cannot-judge',
      reasons: ['unclear'],
    },
    {
      name: 'lets a plane pass a rule without a word for what was not measured',
      change: { saturated_fraction: null },
      verdict: 'pass',
      reasons: [],
    },
    {
      name: 'fails what one rule fails and another cannot judge',
      change: { edge_fraction: 0, saturated_fraction: 0.5 },
      verdict: 'fail',
      reasons: ['clipped'],
    },
  ])('$name', ({ change, verdict, reasons }) => {
    expect(judge({ ...good, ...change }, settings)).toEqual({ verdict, reasons })
  })
})

describe('rules about a baseline', () => {
  const rule = {
    metric: 'background_level',
    of: 'deviation',
    fails: 'below',
    limit: -5,
    reason: 'lamp-off',
  } as const
  const planes = [0.009, 0.01, 0.011].map(level => metricsOf({ background_level: level }))
  const baselines = { DAPI: learnBaseline(planes) }

  test('fail what lies far from what was good', () => {
    const settings = QualitySettings.parse({ rules: [rule], baselines })
    expect(judge({ background_level: 0.002 }, settings).reasons).toEqual(['lamp-off'])
    expect(judge({ background_level: 0.008 }, settings).verdict).toBe('pass')
  })

  test('wait until the channel has one, or say that it is missing', () => {
    const patient = QualitySettings.parse({ rules: [rule] })
    expect(judge({ background_level: 0.002 }, patient).verdict).toBe('pass')
    const strict = QualitySettings.parse({ rules: [{ ...rule, otherwise: 'no-baseline' }] })
    expect(judge({ background_level: 0.002 }, strict)).toEqual({
      verdict: 'cannot-judge',
      reasons: ['no-baseline'],
    })
  })
})

describe('a rule for the channel of the nuclei', () => {
  const settings = QualitySettings.parse({
    rules: [
      {
        metric: 'background_level',
        roles: ['nucleus'],
        fails: 'above',
        limit: 0.5,
        reason: 'bright',
      },
    ],
  })

  test.each([
    { role: 'nucleus', verdict: 'fail' },
    { role: 'cell', verdict: 'pass' },
  ] as const)('says $verdict of a $role channel', ({ role, verdict }) => {
    const metrics = metricsOf({ background_level: 0.9 })
    expect(judgePlane.run({ metrics, channel: 'x', role }, settings).verdict).toBe(verdict)
  })
})

describe('the default rules', () => {
  function verdictOn(change: Partial<NucleiField>): PlaneVerdict {
    const metrics = measureQuality.run(drawNucleiField(change), measureQuality.defaults)
    return judgePlane.run({ metrics, channel: 'DAPI', role: 'nucleus' }, judgePlane.defaults)
  }

  test.each([
    { name: 'a sharp field', change: {}, verdict: 'pass', reasons: [] },
    { name: 'a dim one', change: { signal: 60 }, verdict: 'pass', reasons: [] },
    { name: 'one with five nuclei', change: { nuclei: 5 }, verdict: 'pass', reasons: [] },
    { name: 'a crowd', change: { nuclei: 250 }, verdict: 'pass', reasons: [] },
    {
      name: 'a blurred field',
      change: { blur: 7, signal: 2000 },
      verdict: 'fail',
      reasons: ['out-of-focus'],
    },
    {
      name: 'an empty field',
      change: { nuclei: 0 },
      verdict: 'cannot-judge',
      reasons: ['empty-field'],
    },
    {
      name: 'a saturated field',
      change: { gain: 160 },
      verdict: 'fail',
      reasons: ['saturated'],
    },
    {
      name: 'a field lit from one side',
      change: { background: 400, shading: (x: number) => 0.55 - 0.45 * x },
      verdict: 'fail',
      reasons: ['uneven-illumination'],
    },
  ])('$name: $verdict', ({ change, verdict, reasons }) => {
    expect(verdictOn(change)).toEqual({ verdict, reasons })
  })

  test('a plane of zeros is blank', () => {
    const pixels = new Uint16Array(100 * 100)
    const metrics = measureQuality.run(
      { width: 100, height: 100, pixels, fullScale: 65535 },
      measureQuality.defaults,
    )
    expect(
      judgePlane.run({ metrics, channel: 'DAPI', role: 'nucleus' }, judgePlane.defaults),
    ).toEqual({
      verdict: 'cannot-judge',
      reasons: ['blank'],
    })
  })
})
