import { expect, test } from 'vitest'
import { NUCLEI_FLUORESCENCE } from '../../../src/core/recipe.ts'
import { readStartOptions, writeStartOptions } from '../../../src/workstation/desk/start-options.ts'

const options = {
  storeFolder: '/data/store',
  folders: ['/data/Größe "1"'],
  simulate: false,
  recipe: NUCLEI_FLUORESCENCE,
}

test.each([options, { ...options, recipe: null, folders: [], simulate: true }])(
  'what the command line said comes through whole',
  given => {
    expect(readStartOptions(writeStartOptions(given))).toEqual({ ok: true, value: given })
  },
)

test('nothing was said where Parfocal was started by its icon', () => {
  expect(readStartOptions(undefined)).toEqual({ ok: true, value: null })
})

test.each(['', '{', 'null', '[]', '{"storeFolder":1}', '{"folders":[]}'])(
  'what nobody wrote is refused: %j',
  text => {
    expect(readStartOptions(text)).toMatchObject({ ok: false, fault: { kind: 'bad-option' } })
  },
)

test('a recipe that makes no sense is refused by its field', () => {
  const text = JSON.stringify({ ...options, recipe: { format: 1, name: 7 } })
  expect(readStartOptions(text)).toMatchObject({
    ok: false,
    fault: { kind: 'recipe-invalid', field: 'name' },
  })
})
