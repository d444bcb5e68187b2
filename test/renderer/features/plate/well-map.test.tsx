import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { FieldId } from '../../../../src/core/brand.ts'
import { WellMap } from '../../../../src/renderer/features/plate/well-map.tsx'
import { fieldRow, planeRow } from '../../../support/opened-field.ts'

function field(site: number, x: number, y: number, state: 'pass' | 'fail' = 'pass') {
  const position = { x, y, z: null }
  const planes = [planeRow(site, { position }), planeRow(10 + site, { state, position })]
  return fieldRow(planes, { fieldId: site as FieldId, site })
}

const missed: Parameters<typeof WellMap>[0]['missed'] = [
  { well: 'B03', site: 3, channel: 'GFP', z: 1, t: 1, projection: false, state: 'missing' },
]

function cells(...fields: Parameters<typeof WellMap>[0]['fields']): string[] {
  const markup = renderToStaticMarkup(<WellMap well="B03" fields={fields} missed={missed} />)
  return [...markup.matchAll(/grid-row:(\d+);grid-column:(\d+)[\s\S]*?aria-label="([^"]+)"/g)].map(
    ([, row, column, label]) => `${row} ${column} ${label}`,
  )
}

test('fields lie where they were taken, by their worst image, and are read along the rows', () => {
  expect(cells(field(1, 0, 0), field(2, -300, -300, 'fail'), field(3, 0, -300))).toEqual([
    '1 1 Site 2: fail',
    '1 2 Site 3: pass, 1 missing',
    '2 2 Site 1: pass',
  ])
})

test('a field that was imaged at two times is at one place', () => {
  expect(cells(field(1, 0, 0), { ...field(1, 0, 0), t: 2 }, field(2, 300, 0))).toHaveLength(2)
})

test('there is no map of fields whose places nobody knows, nor of a single one', () => {
  expect(cells(field(1, 0, 0), fieldRow([planeRow(2)], { site: 3 }))).toEqual([])
  expect(cells(field(1, 0, 0))).toEqual([])
})
