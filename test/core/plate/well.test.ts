import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  parseRow,
  parseWell,
  PLATE_FORMATS,
  rowName,
  smallestPlate,
  wellName,
  type PlateFormat,
} from '#core/plate/well.ts'

const formats = Object.entries(PLATE_FORMATS).map(([wells, size]) => ({
  wells: Number(wells) as PlateFormat,
  ...size,
}))

const anyWell = fc.record({
  row: fc.integer({ min: 0, max: 51 }),
  column: fc.integer({ min: 0, max: 98 }),
})

describe('parseWell', () => {
  test.each([
    { name: 'A01', row: 0, column: 0 },
    { name: 'A1', row: 0, column: 0 },
    { name: 'A001', row: 0, column: 0 },
    { name: 'b03', row: 1, column: 2 },
    { name: 'H12', row: 7, column: 11 },
    { name: 'P24', row: 15, column: 23 },
    { name: 'Z1', row: 25, column: 0 },
    { name: 'AA01', row: 26, column: 0 },
    { name: 'AF48', row: 31, column: 47 },
    { name: 'aF048', row: 31, column: 47 },
    { name: 'AZ99', row: 51, column: 98 },
  ])('reads $name', ({ name, row, column }) => {
    expect(parseWell(name)).toEqual({ row, column })
  })

  test.each([
    '',
    'A',
    '1',
    'A0',
    'A00',
    'A100',
    'BA1',
    'AAA1',
    'A0001',
    '1A',
    'A-1',
    'A1 ',
    ' A1',
    'A1\n',
    'Ä1',
    'A1.0',
  ])('takes "%s" for no well', name => {
    expect(parseWell(name)).toBeNull()
  })

  test('reads every name that wellName writes, in either case', () => {
    fc.assert(
      fc.property(anyWell, well => {
        expect(parseWell(wellName(well))).toEqual(well)
        expect(parseWell(wellName(well).toLowerCase())).toEqual(well)
      }),
    )
  })

  test('never fails, and what it reads has one canonical name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{0,5}$/), name => {
        const well = parseWell(name)
        if (well !== null) expect(parseWell(wellName(well))).toEqual(well)
      }),
    )
  })
})

describe('wellName', () => {
  test.each([
    { row: 0, column: 0, name: 'A01' },
    { row: 25, column: 8, name: 'Z09' },
    { row: 26, column: 9, name: 'AA10' },
    { row: 31, column: 47, name: 'AF48' },
  ])('writes $name', ({ row, column, name }) => {
    expect(wellName({ row, column })).toBe(name)
  })
})

describe('rowName and parseRow', () => {
  test('agree with each other, and rows sort as they lie on the plate', () => {
    const names = Array.from({ length: 52 }, (_, row) => rowName(row))
    expect(names.map(parseRow)).toEqual(names.map((_, row) => row))
    expect(names.slice(24, 28)).toEqual(['Y', 'Z', 'AA', 'AB'])
  })

  test.each(['', '1', 'AAA', 'É'])('takes "%s" for no row', letters => {
    expect(parseRow(letters)).toBeNull()
  })
})

describe('smallestPlate', () => {
  test.each(formats)(
    'is the $wells-well plate for its own last well',
    ({ wells, rows, columns }) => {
      expect(rows * columns).toBe(wells)
      expect(smallestPlate([{ row: rows - 1, column: columns - 1 }])).toBe(wells)
    },
  )

  test('needs a larger plate for one column more', () => {
    expect(smallestPlate([{ row: 7, column: 12 }])).toBe(384)
    expect(smallestPlate([{ row: 16, column: 0 }])).toBe(1536)
  })

  test('looks at all wells, not at the last', () => {
    expect(smallestPlate(['A05', 'D01'].map(name => parseWell(name)!))).toBe(24)
  })

  test('is none where no standard plate is large enough', () => {
    expect(smallestPlate([{ row: 32, column: 0 }])).toBeNull()
  })
})
