import { describe, expect, test } from 'vitest'
import type { StatisticWord } from '#core/plate/combine-summaries.ts'
import { createWellReader } from '#workstation/desk/well-values.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

function written() {
  const db = memoryDb()
  const plate = plateWriter(db)
  return { db, plate, plateId: plate.plate(), reader: createWellReader(db) }
}

function metric(channel: string, statistic: StatisticWord) {
  return { kind: 'metric', metric: 'FocusScore', channel, statistic } as const
}

function area(statistic: StatisticWord) {
  return { kind: 'measure', measure: 'AreaShape_Area', statistic } as const
}

/** A field's record of an area. */
function measures(median: number) {
  const rest = { mean: median + 1, mad: 1, sd: 2, min: median - 3, max: median + 5, missing: 0 }
  return [{ name: 'AreaShape_Area', median, ...rest }]
}

describe('a metric over the wells of a plate', () => {
  test('is taken from the planes of one channel that count and were judged', async () => {
    const { plate, plateId, reader } = written()
    const run = plate.run(plateId, '/a')
    const judged = (well: string, site: number, channel: string, value: number | null) => {
      const plane = plate.plane(plate.field(run, { well, site }), { channel })
      plate.verdict(plane, 'pass', { metrics: { FocusScore: value } })
      return plane
    }
    judged('B01', 1, 'DAPI', 4)
    judged('A02', 1, 'DAPI', 1)
    judged('A02', 2, 'DAPI', 3)
    judged('A02', 1, 'GFP', 1000)
    judged('C01', 1, 'DAPI', null)
    plate.fault(plate.plane(plate.field(run, { well: 'A02', site: 3 })), 'image-corrupt')
    const values = async (statistic: StatisticWord) =>
      (await reader.values(plateId, metric('DAPI', statistic))).values
    expect(await reader.values(plateId, metric('DAPI', 'median'))).toEqual({
      wells: ['A02', 'B01', 'C01'],
      values: [2, 4, null],
      exact: true,
    })
    expect(await values('sum')).toEqual([4, 4, null])
    expect(await values('max')).toEqual([3, 4, null])
    expect(await values('sd')).toEqual([Math.SQRT2, null, null])
    expect((await values('cv'))[0]).toBeCloseTo(50 * Math.SQRT2, 12)
    expect(await reader.values(plateId, metric('RFP', 'mean'))).toMatchObject({ wells: [] })
  })

  test('follows a new verdict and a new image', async () => {
    const { plate, plateId, reader } = written()
    const plane = plate.plane(plate.field(plate.run(plateId, '/a'), {}))
    const value = async () => (await reader.values(plateId, metric('DAPI', 'mean'))).values
    plate.verdict(plane, 'pass', { metrics: { FocusScore: 1 } })
    expect(await value()).toEqual([1])
    plate.verdict(plane, 'fail', { metrics: { FocusScore: 2 } })
    expect(await value()).toEqual([2])
    const again = plate.plane(plate.field(plate.run(plateId, '/b'), {}))
    expect(await value()).toEqual([])
    plate.verdict(again, 'pass', { metrics: { FocusScore: 3 } })
    expect(await value()).toEqual([3])
  })

  test('is read of more planes than at once', async () => {
    const { plate, plateId, reader } = written()
    const run = plate.run(plateId, '/a')
    for (let site = 1; site <= 900; site += 1) {
      const plane = plate.plane(plate.field(run, { site }))
      plate.verdict(plane, 'pass', { metrics: { FocusScore: site } })
    }
    expect(await reader.values(plateId, metric('DAPI', 'median'))).toMatchObject({
      values: [450.5],
    })
  })
})

describe('a measure over the wells of a plate', () => {
  /** A well of two fields and one of one, analysed. */
  function analysed() {
    const all = written()
    const { plate, plateId } = all
    const run = plate.run(plateId, '/a')
    const fields = [
      { well: 'A01', site: 1 },
      { well: 'A01', site: 2 },
      { well: 'B01', site: 1 },
    ].map(place => plate.field(run, place))
    const planes = fields.map(field => plate.plane(field))
    const records = fields.map((field, i) =>
      plate.objects(field, [planes[i]!], { count: 10, measures: measures(10 * (i + 1)) }),
    )
    const summarise = (by = records) =>
      plate.summary(run, {
        by,
        wells: [
          { well: null, fields: 3, count: 30, measures: measures(17) },
          { well: 'A01', fields: 2, count: 20, measures: measures(14) },
          { well: 'B01', fields: 1, count: 10, measures: measures(30) },
        ],
      })
    return { ...all, run, fields, planes, records, summarise }
  }

  test('combines fields; only the median of several is not exact', async () => {
    const { plateId, reader } = analysed()
    expect(await reader.values(plateId, area('mean'))).toEqual({
      wells: ['A01', 'B01'],
      values: [16, 31],
      exact: true,
    })
    expect(await reader.values(plateId, area('median'))).toEqual({
      wells: ['A01', 'B01'],
      values: [15, 30],
      exact: false,
    })
    expect((await reader.values(plateId, area('min'))).values).toEqual([7, 27])
  })

  test('takes the median from the plate’s summary once it is made', async () => {
    const { plateId, reader, summarise } = analysed()
    summarise()
    expect(await reader.values(plateId, area('median'))).toEqual({
      wells: ['A01', 'B01'],
      values: [14, 30],
      exact: true,
    })
  })

  test('does not take a summary for objects that it does not know', async () => {
    const { plate, plateId, reader, summarise, fields, planes } = analysed()
    summarise()
    plate.objects(fields[1]!, [planes[1]!], { count: 10, measures: measures(40) })
    expect(await reader.values(plateId, area('median'))).toMatchObject({
      values: [25, 30],
      exact: false,
    })
  })

  test('does not take a summary from which a field is gone', async () => {
    const { plate, plateId, reader, summarise } = analysed()
    summarise()
    plate.plane(plate.field(plate.run(plateId, '/b'), { site: 2 }))
    expect(await reader.values(plateId, area('median'))).toEqual({
      wells: ['A01', 'B01'],
      values: [10, 30],
      exact: true,
    })
  })

  test('does not take a summary that was made of other analyses of the same fields', async () => {
    const { plate, plateId, reader, summarise, fields, planes, records } = analysed()
    const other = plate.objects(fields[0]!, [planes[0]!], { measures: measures(50) })
    summarise([other, ...records.slice(1)])
    expect(await reader.values(plateId, area('median'))).toMatchObject({ values: [14, 30] })
    plate.objects(fields[0]!, [planes[0]!], { measures: measures(60) })
    expect(await reader.values(plateId, area('median'))).toMatchObject({ values: [40, 30] })
  })

  test('is null in wells without a value', async () => {
    const { plate, plateId, reader, run } = analysed()
    const field = plate.field(run, { well: 'C01' })
    plate.objects(field, [plate.plane(field)], { count: 0, measures: [] })
    expect(await reader.values(plateId, area('sum'))).toEqual({
      wells: ['A01', 'B01', 'C01'],
      values: [320, 310, null],
      exact: true,
    })
  })
})
