import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listObjects } from '#workstation/analysis/list-objects.ts'
import { encodeObjects } from '#workstation/analysis/object-file.ts'
import { temporaryFolder } from '../../support/stores.ts'

test('lists the objects of a table by column, null where one has no value', async () => {
  const table = join(temporaryFolder(), 'objects.parquet')
  const columns = [
    { name: 'AreaShape_Area', values: Float64Array.of(10, 12.5, 0) },
    { name: 'AreaShape_FormFactor', values: Float64Array.of(NaN, 0.5, Infinity) },
  ]
  writeFileSync(table, encodeObjects({ count: 3, columns }))
  expect(await listObjects({ kind: 'objects', table })).toEqual({
    kind: 'objects',
    count: 3,
    columns: [
      { name: 'AreaShape_Area', values: [10, 12.5, 0] },
      { name: 'AreaShape_FormFactor', values: [null, 0.5, null] },
    ],
  })
})

test('lists no object of an empty table', async () => {
  const table = join(temporaryFolder(), 'objects.parquet')
  const columns = [{ name: 'AreaShape_Area', values: new Float64Array(0) }]
  writeFileSync(table, encodeObjects({ count: 0, columns }))
  expect(await listObjects({ kind: 'objects', table })).toMatchObject({
    count: 0,
    columns: [{ values: [] }],
  })
})
