import { describe, expect, test } from 'vitest'
import { wellName } from '#core/plate/well.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import type { Defect, DefectShares } from '#core/simulate/defects.ts'
import { planPlate, plateFor, type PlannedField } from '#core/simulate/plan-plate.ts'

function plan(defects: DefectShares, seed = 1, wells = 96): readonly PlannedField[] {
  return planPlate({ seed, format: 96, wells, fields: 4, channels: CHANNELS.slice(0, 2), defects })
}

function planesWith(fields: readonly PlannedField[], defect: Defect): string[] {
  return fields.flatMap(({ well, site, planes }) =>
    planes.flatMap(({ channel, defects }) =>
      defects.includes(defect) ? [`${wellName(well)}/${site}/${channel.name}`] : [],
    ),
  )
}

describe('the plan of a plate', () => {
  test.each([
    { wells: 1, format: 6 },
    { wells: 7, format: 12 },
    { wells: 96, format: 96 },
    { wells: 97, format: 384 },
    { wells: 1536, format: 1536 },
    { wells: 1537, format: null },
  ])('$wells wells need a plate of $format', ({ wells, format }) => {
    expect(plateFor(wells)).toBe(format)
  })

  test('goes along the rows, site by site, channel by channel', () => {
    const fields = plan({}, 1, 14)
    expect(fields.length).toBe(14 * 4)
    expect(fields.slice(0, 5).map(({ well, site }) => `${wellName(well)}/${site}`)).toEqual([
      'A01/1',
      'A01/2',
      'A01/3',
      'A01/4',
      'A02/1',
    ])
    expect(wellName(fields.at(-1)!.well)).toBe('B02')
    expect(fields[0]!.planes.map(({ channel }) => channel.name)).toEqual(['DAPI', 'FITC'])
  })

  test('of a clean plate has no defects', () => {
    expect(plan({}).flatMap(({ planes }) => planes.flatMap(({ defects }) => defects))).toEqual([])
  })

  test.each<{ defect: Defect; share: number; planes: number }>([
    { defect: 'defocus', share: 0.25, planes: 96 * 2 },
    { defect: 'bubble', share: 0.01, planes: 4 * 2 },
    { defect: 'vignette', share: 1, planes: 768 },
    { defect: 'saturation', share: 0.125, planes: 96 },
    { defect: 'missing', share: 0.01, planes: 8 },
    { defect: 'empty', share: 0.25, planes: 24 * 8 },
    { defect: 'flicker', share: 0.0001, planes: 0 },
  ])('strikes $planes of 768 planes with $defect at $share', ({ defect, share, planes }) => {
    expect(planesWith(plan({ [defect]: share }), defect).length).toBe(planes)
  })

  test('strikes a field in all its channels, and planes alone', () => {
    const both = (fields: readonly PlannedField[], defect: Defect): boolean[] =>
      fields.flatMap(({ planes }) => {
        const struck = planes.filter(({ defects }) => defects.includes(defect)).length
        return struck === 0 ? [] : [struck === planes.length]
      })
    expect(both(plan({ defocus: 0.3 }), 'defocus').every(Boolean)).toBe(true)
    expect(both(plan({ motion: 0.1 }), 'motion').some(all => !all)).toBe(true)
  })

  test('empties whole wells, and keeps them out of what would not show', () => {
    const fields = plan({ empty: 0.5, defocus: 0.5, saturation: 0.5 })
    const empty = new Set(planesWith(fields, 'empty').map(plane => plane.slice(0, 3)))
    expect(empty.size).toBe(48)
    expect(planesWith(fields, 'empty').length).toBe(48 * 8)
    for (const defect of ['defocus', 'saturation'] as const) {
      const struck = planesWith(fields, defect)
      expect(struck.length).toBe(192)
      expect(struck.filter(plane => empty.has(plane.slice(0, 3)))).toEqual([])
    }
  })

  test('truncates no file that is missing', () => {
    const fields = plan({ missing: 0.5, truncated: 1 })
    const missing = new Set(planesWith(fields, 'missing'))
    expect(planesWith(fields, 'truncated').some(plane => missing.has(plane))).toBe(false)
    expect(planesWith(fields, 'truncated').length + missing.size).toBe(768)
  })

  test('is the same for a seed and another for another', () => {
    const shares: DefectShares = { defocus: 0.1, motion: 0.1 }
    expect(plan(shares, 5)).toEqual(plan(shares, 5))
    expect(planesWith(plan(shares, 5), 'defocus')).not.toEqual(
      planesWith(plan(shares, 6), 'defocus'),
    )
  })
})
