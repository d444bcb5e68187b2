import { describe, expect, test } from 'vitest'
import { readLayout } from '#core/plate/layout.ts'

function read(...cells: readonly Readonly<Record<string, string>>[]) {
  return readLayout(cells.map((own, i) => ({ line: i + 2, cells: own })))
}

describe('a platemap', () => {
  test('names wells, what they are for, and whatever else it says', () => {
    expect(read({ well: 'b3', Type: 'negative', Compound: 'DMSO', µM: '0.1' })).toEqual({
      ok: true,
      value: [{ well: 'B03', control: 'negative', labels: { Compound: 'DMSO', µM: '0.1' } }],
    })
  })

  test.each([
    { cells: { row: 'C', column: '4' }, well: 'C04' },
    { cells: { Row: 'aa', Col: '04' }, well: 'AA04' },
    { cells: { row: '3', column: '4' }, well: 'C04' },
    { cells: { row: '27', column: '1' }, well: 'AA01' },
    { cells: { Metadata_Well: 'C04' }, well: 'C04' },
    { cells: { 'Well ID': ' C 4 ' }, well: 'C04' },
  ])('finds well $well', ({ cells, well }) => {
    expect(read(cells)).toMatchObject({ ok: true, value: [{ well, control: '', labels: {} }] })
  })

  test.each([
    { cells: { compound: 'DMSO' }, line: 1, detail: 'no column "well"' },
    { cells: { row: 'A' }, line: 1, detail: 'no column "well"' },
    { cells: { well: 'A0' }, line: 2, detail: '"A0" is no well' },
    { cells: { well: '' }, line: 2, detail: '"" is no well' },
    { cells: { row: '0', column: '1' }, line: 2, detail: '"01" is no well' },
    { cells: { row: '99', column: '1' }, line: 2 },
  ])('is refused for $cells', ({ cells, line, detail }) => {
    const fault = { kind: 'layout-invalid', line, ...(detail === undefined ? {} : { detail }) }
    expect(read(cells)).toMatchObject({ ok: false, fault })
  })

  test('is refused when it says two things about a well, and where', () => {
    expect(read({ well: 'A01' }, { well: 'B01' }, { well: 'a1' })).toEqual({
      ok: false,
      fault: { kind: 'layout-invalid', line: 4, detail: 'A01 is on line 2 already' },
    })
  })

  test('without a line is refused', () => {
    const detail = 'no line below the headings'
    expect(read()).toEqual({ ok: false, fault: { kind: 'layout-invalid', line: 1, detail } })
  })
})
