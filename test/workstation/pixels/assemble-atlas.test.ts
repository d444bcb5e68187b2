import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assembleAtlas } from '#workstation/pixels/assemble-atlas.ts'
import { bytesOfPixels } from '#workstation/pixels/tile-pieces.ts'
import { PARTIAL, WHOLE, writeView } from '#workstation/pixels/view-file.ts'
import { temporaryFolder } from '../../support/stores.ts'

function keep(width: number, height: number, pixels: Uint16Array): string {
  const base = temporaryFolder()
  const path = join(base, 'one.view')
  const bytes = bytesOfPixels(pixels)
  writeView(path, join(base, 'unfinished'), [
    { name: WHOLE, type: 'uint16', width, height, step: 1, bytes },
  ])
  return path
}

function draw(
  order: { rows: number; columns: number; size: number },
  cells: readonly (readonly [row: number, column: number, thumbnail: string])[],
) {
  const { pieces, missing } = assembleAtlas({
    kind: 'atlas',
    ...order,
    cells: cells.map(([row, column, thumbnail]) => ({ row, column, thumbnail })),
  })
  const { name, width, height, bytes } = pieces[0]!
  const pixels = new Uint16Array(new Uint8Array(bytes).buffer)
  const rows = Array.from({ length: height }, (_, y) => [
    ...pixels.subarray(y * width, (y + 1) * width),
  ])
  return { name, rows, missing }
}

describe('an atlas', () => {
  test('has each thumbnail in its cell, reduced by means', () => {
    const even = keep(2, 2, Uint16Array.of(1, 3, 5, 7))
    const large = keep(
      4,
      4,
      Uint16Array.from({ length: 16 }, (_, i) => 10 * i),
    )
    const order = { rows: 1, columns: 3, size: 2 }
    expect(
      draw(order, [
        [0, 0, even],
        [0, 2, large],
      ]),
    ).toEqual({
      name: WHOLE,
      rows: [
        [1, 3, 0, 0, 25, 45],
        [5, 7, 0, 0, 105, 125],
      ],
      missing: [],
    })
  })

  test('keeps the shape of an image that is not square', () => {
    const wide = keep(4, 2, new Uint16Array(8).fill(9))
    expect(draw({ rows: 1, columns: 1, size: 4 }, [[0, 0, wide]]).rows).toEqual([
      [0, 0, 0, 0],
      [9, 9, 9, 9],
      [9, 9, 9, 9],
      [0, 0, 0, 0],
    ])
  })

  test('enlarges what is smaller than its cell', () => {
    const small = keep(1, 1, Uint16Array.of(42))
    const { rows } = draw({ rows: 1, columns: 1, size: 3 }, [[0, 0, small]])
    expect(rows.flat()).toEqual(new Array(9).fill(42))
  })

  test('says which thumbnails are not made yet, and is no whole one then', () => {
    const made = keep(1, 1, Uint16Array.of(5))
    const missing = join(temporaryFolder(), 'none')
    const drawn = draw({ rows: 1, columns: 2, size: 1 }, [
      [0, 0, missing],
      [0, 1, made],
    ])
    expect(drawn).toEqual({ name: PARTIAL, rows: [[0, 5]], missing: [0] })
  })
})
