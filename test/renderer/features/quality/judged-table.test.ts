import { expect, test } from 'vitest'
import {
  appendJudged,
  channelsOf,
  NO_PLANES,
  placeName,
  planeName,
  valuesOf,
} from '../../../../src/renderer/features/quality/judged-table.ts'
import { judgedPage } from '../../../support/judged-page.ts'

const first = appendJudged(
  NO_PLANES,
  judgedPage([
    { well: 'A01', metrics: { edge_sharpness: 0.2 } },
    { well: 'A02', metrics: { edge_sharpness: null } },
  ]),
)

test('grows by pages and leaves the table before as it was', () => {
  const second = appendJudged(
    first,
    judgedPage([{ well: 'A03', channel: 'GFP', metrics: { edge_sharpness: 0.4 } }], { from: 2 }),
  )
  expect(second.well).toEqual(['A01', 'A02', 'A03'])
  expect([...second.rows]).toEqual([0, 1, 2])
  expect(valuesOf(second, 'edge_sharpness', second.rows)).toEqual(Float64Array.of(0.2, NaN, 0.4))
  expect(channelsOf(second, ['GFP', 'Cy5', 'DAPI'])).toEqual(['GFP', 'DAPI'])
  expect(channelsOf(second, [])).toEqual(['DAPI', 'GFP'])
  expect(first.well).toEqual(['A01', 'A02'])
  expect(appendJudged(first, judgedPage([]))).toBe(first)
})

test('of two planes at one place only the later counts', () => {
  const again = appendJudged(first, judgedPage([{ well: 'A01' }], { from: 2 }))
  expect([...again.rows]).toEqual([1, 2])
})

test('a metric that was not asked for was not measured', () => {
  expect(valuesOf(first, 'FocusScore', first.rows)).toEqual(Float64Array.of(NaN, NaN))
})

test.each([
  [{ well: 'B03', site: 2, channel: 'DAPI' }, 'B03 site 2 DAPI'],
  [{ well: null, site: null, channel: 'gray' }, 'image gray'],
])('names a plane by its place', (place, name) => {
  expect(placeName(place)).toBe(name)
})

test('says the focal plane where there are several', () => {
  const one = appendJudged(NO_PLANES, judgedPage([{ well: 'A01', z: 1 }]))
  expect(planeName(one, 0)).toBe('A01 site 1 DAPI')
  const stack = appendJudged(one, judgedPage([{ well: 'A01', z: 2 }], { from: 1 }))
  expect([0, 1].map(row => planeName(stack, row))).toEqual([
    'A01 site 1 DAPI z 1',
    'A01 site 1 DAPI z 2',
  ])
})
