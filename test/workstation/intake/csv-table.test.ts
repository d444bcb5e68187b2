import { expect, test } from 'vitest'
import { parseCsvTable, readCsvTable } from '#workstation/intake/csv-table.ts'
import { paperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

const rowsOf = async (text: string) => {
  const { headings, rows } = valueOf(await parseCsvTable(text, '/t.csv'))
  return [headings, ...rows.map(({ line, cells }) => [line, ...cells])]
}

test.each([',', ';', '\t'])('reads tables separated by "%s"', async separator => {
  const text = [
    ['path', 'well'],
    ['a.tif', 'A01'],
  ]
  expect(
    await rowsOf(`\uFEFF${text.map(cells => cells.join(separator)).join('\r\n')}\r\n`),
  ).toEqual([
    ['path', 'well'],
    [2, 'a.tif', 'A01'],
  ])
})

test('reads quoted cells, trims, and leaves empty lines out', async () => {
  expect(await rowsOf('path,note\n\n"a, b.tif", "said ""yes"""\n,\nshort\n')).toEqual([
    ['path', 'note'],
    [3, 'a, b.tif', 'said "yes"'],
    [5, 'short'],
  ])
})

test.each([
  ['', 'it has no headings'],
  ['a,b\n"open', expect.stringContaining('Quote Not Closed')],
])('says why %j is no table', async (text, detail) => {
  expect(await parseCsvTable(text, '/t.csv')).toEqual({
    ok: false,
    fault: { kind: 'index-invalid', path: '/t.csv', detail },
  })
})

test('reads what a Windows PC writes, and of a growing table its whole lines', async () => {
  const { access } = paperFolder({
    'ansi.csv': Uint8Array.from([...'a,b\nx,'].map(letter => letter.charCodeAt(0)).concat(0xb5)),
    'growing.csv': 'a,b\n1,2\n3,4',
  })
  const cells = async (path: string, growing: boolean) =>
    valueOf(await readCsvTable(access, `/screen/${path}`, growing)).rows.map(row => row.cells)
  expect(await cells('ansi.csv', false)).toEqual([['x', 'µ']])
  expect(await cells('growing.csv', true)).toEqual([['1', '2']])
  expect(await cells('growing.csv', false)).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})
