import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NUCLEI_FLUORESCENCE, parseRecipe, recipeHash } from '#core/recipe.ts'

describe('a recipe', () => {
  test('ships with every value of the default spelled out (node build/write-recipes.ts)', () => {
    const path = new URL('../../resources/recipes/nuclei-fluorescence.json', import.meta.url)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(NUCLEI_FLUORESCENCE)
  })

  test('is the same recipe whether defaults are spelled out or left out', () => {
    const short = parseRecipe({ format: 1, name: 'nuclei-fluorescence' }, 'short.json')
    expect(short.ok && recipeHash(short.value)).toBe(recipeHash(NUCLEI_FLUORESCENCE))
  })

  test('is another recipe when any value differs', () => {
    const other = parseRecipe({ format: 1, name: 'nuclei-fluorescence', seed: 1 }, 'other.json')
    expect(other.ok && recipeHash(other.value)).not.toBe(recipeHash(NUCLEI_FLUORESCENCE))
  })

  test.each([
    { document: null, field: 'document', value: 'null' },
    { document: { format: 1 }, field: 'name', value: 'missing' },
    { document: { format: 1, name: 'a', seed: -1 }, field: 'seed', value: '-1' },
    {
      document: { format: 1, name: 'a', prepare: { focalPlane: 'best' } },
      field: 'prepare.focalPlane',
      value: '"best"',
    },
  ])('says that $field is $value in $document', ({ document, field, value }) => {
    expect(parseRecipe(document, 'mine.json')).toMatchObject({
      ok: false,
      fault: { kind: 'recipe-invalid', path: 'mine.json', field, value },
    })
  })
})
