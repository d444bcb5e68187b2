import { describe, expect, test } from 'vitest'
import { networksOf } from '#core/infer/inference-params.ts'
import { NUCLEI_NETWORK, parseRecipe, recipeHash } from '#core/recipe.ts'

const MODELS = ['nuclei-1@1.0.0']
const HEAD = { names: ['a', 'b'], means: [[1, 0], [0, 1]], spread: 0.5, temperature: 1 } // prettier-ignore

function read(infer: object) {
  return parseRecipe({ format: 1, name: 'one', infer: { models: MODELS, ...infer } }, 'one.json')
}

describe('embedding', () => {
  test('may be one network or several, and names them all', () => {
    const one = read({ embedding: 'phenotype-embedding@1.0.0' })
    const list = read({ embedding: ['phenotype-embedding@1.0.0'] })
    expect(one).toEqual(list)
    if (!one.ok) throw new Error('not read')
    expect(one.value.infer!.embedding).toEqual(['phenotype-embedding@1.0.0'])
    expect(networksOf(one.value.infer!)).toEqual([...MODELS, 'phenotype-embedding@1.0.0'])
    // What was read can be read again and is the same recipe.
    const again = parseRecipe(JSON.parse(JSON.stringify(one.value)), 'one.json')
    expect(again.ok && recipeHash(again.value)).toBe(recipeHash(one.value))
  })

  test('is no part of recipes that have none, as before', () => {
    const { embedding, classes } = NUCLEI_NETWORK.infer!
    expect({ embedding, classes }).toEqual({ embedding: null, classes: null })
  })
})

describe('classes', () => {
  test('by networks name them', () => {
    const recipe = read({ classes: { by: 'network', models: ['stages@2.0.0'], of: 'field' } })
    if (!recipe.ok) throw new Error('not read')
    expect(networksOf(recipe.value.infer!)).toEqual([...MODELS, 'stages@2.0.0'])
    expect(recipe.value.infer!.classes).toMatchObject({
      leastProbability: 0.5,
      saliency: 'class-activation',
    })
  })

  test('by examples go with the embedding that they were taught by', () => {
    const classes = { by: 'examples', fittedTo: 'look@1.0.0', head: HEAD }
    expect(read({ embedding: 'look@1.0.0', classes }).ok).toBe(true)
    expect(read({ embedding: 'look@1.0.1', classes })).toMatchObject({
      ok: false,
      fault: { field: 'infer.classes.fittedTo', allowed: 'the networks of infer.embedding' },
    })
    expect(read({ classes }).ok).toBe(false)
  })

  test.each([
    [{ ...HEAD, spread: 0 }, 'infer.classes.head.spread'],
    [{ ...HEAD, names: ['a'] }, 'infer.classes.head.names'],
    [{ ...HEAD, names: ['a/b', 'c'] }, 'infer.classes.head.names.0'],
    [{ ...HEAD, logistic: { weights: [[1, 0]], intercepts: [0, 0] } }, 'infer.classes.head'],
  ])('that make no sense are refused with the field: %j', (head, field) => {
    const classes = { by: 'examples', fittedTo: 'look@1.0.0', head }
    expect(read({ embedding: 'look@1.0.0', classes })).toMatchObject({ fault: { field } })
  })
})
