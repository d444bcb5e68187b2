import { describe, expect, test } from 'vitest'
import {
  controlLetter,
  layoutColumn,
  layoutColumns,
} from '../../../src/core/plate/layout-column.ts'

const layout = [
  { well: 'A01', control: 'negative', labels: { compound: 'DMSO', dose: '0' } },
  { well: 'A02', control: '', labels: { compound: 'Taxol 10', dose: '1e-3' } },
  { well: 'A03', control: '', labels: { compound: 'Taxol 2', dose: '' } },
]

describe('columns of a platemap', () => {
  test('controls come first, then the headings as they stand', () => {
    expect(layoutColumns(layout)).toEqual(['control', 'compound', 'dose'])
  })

  test('a column of numbers is a scale', () => {
    expect(layoutColumn(layout, 'dose')).toEqual({
      kind: 'numbers',
      values: new Map([
        ['A01', 0],
        ['A02', 0.001],
      ]),
    })
  })

  test('a column of words is categories, numbers in them by their size', () => {
    expect(layoutColumn(layout, 'compound')).toMatchObject({
      kind: 'categories',
      names: ['DMSO', 'Taxol 2', 'Taxol 10'],
    })
  })

  test('wells about which the map says nothing are in no category', () => {
    const column = layoutColumn(layout, 'control')
    expect(column.kind === 'categories' && [...column.places]).toEqual([['A01', 0]])
  })
})

test.each([
  ['positive', 'P'],
  ['Negative', 'N'],
  ['sample', ''],
  ['', ''],
])('the letter of a control: %s → %s', (control, letter) => {
  expect(controlLetter(control)).toBe(letter)
})
