import { expect, test } from 'vitest'
import { NO_COUNTS } from '../../../../src/contract/plates.ts'
import { figuresOf } from '../../../../src/renderer/features/plate/figures.ts'
import { FIRST_LOOK } from '../../../../src/renderer/features/plate/look.ts'
import { platesCsv } from '../../../../src/renderer/features/plate/plate-csv.ts'
import { openPlate, plateDetails, wellRow } from '../../../support/sample-plate.ts'

const details = plateDetails(
  6,
  [wellRow(0, 0, { objects: 3 }), wellRow(0, 1, { states: { ...NO_COUNTS, fail: 1 }, objects: 5 })],
  { layout: [{ well: 'A02', control: 'positive', labels: { compound: '=Taxol, 10' } }] },
)
const plate = openPlate(details)

function rows(given: Partial<typeof FIRST_LOOK>): string[] {
  return platesCsv(figuresOf([plate], { ...FIRST_LOOK, ...given })).split('\r\n')
}

test('has a row for every well, also for those that were not imaged', () => {
  const [head, first, second, third] = rows({})
  expect(head).toBe(
    'Plate,Well,Row,Column,State,Images,Expected,Pass,Fail,CannotJudge,Unreadable,Waiting,Reasons,Objects,control,compound',
  )
  expect(first).toBe('Plate 1,A01,A,1,pass,4,4,4,0,0,0,0,,3,,')
  expect(second).toBe(`Plate 1,A02,A,2,fail,1,4,0,1,0,0,0,,5,positive,"'=Taxol, 10"`)
  expect(third).toBe('Plate 1,A03,A,3,not-imaged,0,,0,0,0,0,0,,,,')
  expect(rows({})).toHaveLength(1 + 6 + 1)
})

test('says how a well stands in the words of the legend', () => {
  const states = NO_COUNTS
  const wells = [
    wellRow(0, 0, { states: { ...states, pass: 3 } }),
    wellRow(0, 1, { states }),
    wellRow(0, 2, { states: { ...states, waiting: 4 } }),
  ]
  const some = { ...plate, details: plateDetails(6, wells) }
  const lines = platesCsv(figuresOf([some], FIRST_LOOK)).split('\r\n')
  expect(lines.slice(1, 5).map(line => line.split(',')[4])).toEqual([
    'incomplete',
    'not-arrived',
    'waiting',
    'not-imaged',
  ])
})

test('carries the numbers that the colours show beside the count of objects', () => {
  const [head, first] = rows({ colourBy: { kind: 'objects' }, scores: true })
  expect(head).toContain(',Objects,"Objects, robust z",control')
  expect(first).toContain(',3,-0.67')
})
