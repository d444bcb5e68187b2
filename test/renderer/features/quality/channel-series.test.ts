import { describe, expect, test } from 'vitest'
import { learnBaseline } from '#core/quality/baseline.ts'
import { defaultQuality } from '#core/quality/rules.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { channelSeries } from '../../../../src/renderer/features/quality/channel-series.ts'
import { appendJudged, NO_PLANES } from '../../../../src/renderer/features/quality/judged-table.ts'
import { judgedPage, type WrittenJudgement } from '../../../support/judged-page.ts'
import { metricsOf } from '../../../support/quality-metrics.ts'

const { channels } = NUCLEI_FLUORESCENCE
const JUDGING = { quality: defaultQuality, channels }
const { normal } = randomFrom('channel series')

/** Wells of four sites each, with a background that changes by a share of itself from well to well. */
function plate(wells: number, changeFrom: number, change: number): WrittenJudgement[] {
  return Array.from({ length: wells * 4 }, (_, i) => {
    const well = Math.floor(i / 4)
    const lamp = 1 + change * Math.max(0, well - changeFrom)
    const background_level = 0.02 * lamp * (1 + 0.01 * normal())
    return { well: `W${well}`, site: (i % 4) + 1, metrics: { background_level } }
  })
}

function seriesOf(planes: readonly WrittenJudgement[], judging = JUDGING, channel = 'DAPI') {
  const table = appendJudged(NO_PLANES, judgedPage(planes))
  return channelSeries(table, channel, 'background_level', judging)
}

describe('control limits', () => {
  test('are learnt from the first fifty planes that pass', () => {
    const planes = plate(30, 30, 0)
    const blurred = { state: 'fail', metrics: { background_level: 9 } } as const
    const { control } = seriesOf([blurred, ...planes])
    expect(control).toMatchObject({ from: 'plate', planes: 50 })
    expect(control!.centre).toBeCloseTo(0.02, 3)
    expect(control!.high - control!.centre).toBeCloseTo(control!.centre - control!.low, 9)
  })

  test('are not made up from a handful of planes', () => {
    expect(seriesOf(plate(1, 1, 0)).control).toBeNull()
  })

  test('come from the recipe where it has a baseline of the channel', () => {
    const DAPI = learnBaseline([
      metricsOf({ background_level: 0.03 }),
      metricsOf({ background_level: 0.032 }),
      metricsOf({ background_level: 0.034 }),
    ])
    const quality = { ...defaultQuality, baselines: { DAPI } }
    const { control, limits } = seriesOf(plate(3, 3, 0), { quality, channels })
    expect(control).toMatchObject({ from: 'recipe', planes: 3, centre: 0.032 })
    expect(limits.map(({ reason, fails }) => `${reason} ${fails}`)).toEqual([
      'darker-than-baseline below',
      'brighter-than-baseline above',
    ])
  })
})

test('planes on which the metric was not measured are left out', () => {
  const planes = [{ metrics: { background_level: null } }, ...plate(2, 2, 0)]
  expect([...seriesOf(planes).rows]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('shows the limits of rules for what the channel shows', () => {
  const table = appendJudged(NO_PLANES, judgedPage([{ channel: 'DAPI' }, { channel: 'GFP' }]))
  const limitsIn = (channel: string) =>
    channelSeries(table, channel, 'edge_blurred_share', JUDGING).limits
  expect(limitsIn('DAPI')).toEqual([{ value: 0.1, fails: 'above', reason: 'partly-out-of-focus' }])
  expect(limitsIn('GFP')).toEqual([])
})

describe('drift', () => {
  test('is told with the plane of the well where it began', () => {
    const { drift } = seriesOf(plate(60, 30, -0.004))
    expect(drift).toMatchObject({ direction: 'down' })
    expect(drift!.sincePlane % 4).toBe(0)
    expect(Math.abs(drift!.sincePlane / 4 - 30)).toBeLessThan(10)
  })

  test('is not told of a steady lamp, nor of planes that fail', () => {
    const failing = plate(60, 60, 0).map((plane, i) =>
      i > 200 ? ({ ...plane, state: 'fail', metrics: { background_level: 0.5 } } as const) : plane,
    )
    expect(seriesOf(failing).drift).toBeNull()
  })

  test('is not told before there are wells enough', () => {
    expect(seriesOf(plate(11, 2, 0.5)).drift).toBeNull()
  })
})
