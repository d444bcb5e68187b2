import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeFields, type FieldPosition } from '../../../src/core/plate/place-fields.ts'

/** Positions of fields, numbered in the drawing in the order in which they are imaged; a dot for no field. */
function drawn(drawing: string, pitch = 300): FieldPosition[] {
  const found: { order: number; x: number; y: number }[] = []
  const rows = drawing.trim().split('\n')
  for (const [row, line] of rows.entries()) {
    for (const [column, text] of line.trim().split(/\s+/).entries()) {
      if (text !== '.')
        found.push({ order: Number(text), x: column * pitch - 450, y: row * pitch - 450 })
    }
  }
  return found.sort((a, b) => a.order - b.order).map(({ x, y }) => ({ x, y }))
}

/** The drawing again, from where fields were placed. */
function drawing(positions: readonly FieldPosition[]): string {
  const grid = placeFields(positions)
  if (grid === null) return 'no grid'
  const cells = Array.from({ length: grid.rows }, () => new Array<string>(grid.columns).fill('.'))
  for (const [i, { row, column }] of grid.places.entries()) cells[row]![column] = String(i + 1)
  return cells.map(line => line.join(' ')).join('\n')
}

describe('fields are placed by where they are', () => {
  test.each([
    { name: 'row by row', picture: '1 2 3\n4 5 6' },
    { name: 'along a meander', picture: '1 2 3\n6 5 4\n7 8 9' },
    { name: 'from the middle, as a Phenix does', picture: '2 3 4\n9 1 5\n8 7 6' },
    { name: 'with fields left out', picture: '. 1 .\n2 3 4\n. 5 .' },
    { name: 'with a whole column left out', picture: '1 2 . 3\n4 5 . 6' },
    { name: 'as a single field', picture: '1' },
    { name: 'in a row', picture: '1 2 3 4' },
  ])('$name', ({ picture }) => {
    expect(drawing(drawn(picture))).toBe(picture)
  })

  test('that overlap, and where the stage misses a little', () => {
    const positions = drawn('2 3\n1 4', 280).map(({ x, y }, i) => ({ x: x + i * 9, y: y - i * 7 }))
    expect(drawing(positions)).toBe('2 3\n1 4')
  })

  test('but not where two are at one place, nor where one is far away', () => {
    expect(
      placeFields([
        { x: 0, y: 0 },
        { x: 0, y: 0 },
      ]),
    ).toBeNull()
    expect(drawing([...drawn('1 2\n3 4'), { x: 1e6, y: 1e6 }])).toBe('no grid')
  })

  test('and none is a grid of nothing', () => {
    expect(placeFields([])).toEqual({ rows: 0, columns: 0, places: [] })
  })
})

test('any order and any jitter below a fifth of the pitch gives the same grid', () => {
  const shape = fc.record({
    rows: fc.integer({ min: 1, max: 7 }),
    columns: fc.integer({ min: 1, max: 7 }),
    pitch: fc.double({ min: 50, max: 3000, noNaN: true }),
    jitter: fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
      minLength: 98,
      maxLength: 98,
    }),
    seed: fc.nat(),
  })
  fc.assert(
    fc.property(shape, ({ rows, columns, pitch, jitter, seed }) => {
      const places = Array.from({ length: rows * columns }, (_, i) => ({
        row: Math.floor(i / columns),
        column: i % columns,
      }))
      places.sort(
        (a, b) =>
          ((a.row * 31 + a.column * 17 + seed) % 23) - ((b.row * 31 + b.column * 17 + seed) % 23),
      )
      const positions = places.map(({ row, column }, i) => ({
        x: pitch * (column + jitter[2 * i]! / 2),
        y: pitch * (row + jitter[2 * i + 1]! / 2),
      }))
      expect(placeFields(positions)).toEqual({ rows, columns, places })
    }),
  )
})
