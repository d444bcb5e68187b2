import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  analysisPart,
  metricsPart,
  NUCLEI_FLUORESCENCE,
  parseRecipe,
  recipeHash,
  type Recipe,
} from '#core/recipe.ts'
import { faultText } from '#core/fault-text.ts'
import { QualitySettings } from '#core/quality/rules.ts'

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
    {
      document: { format: 1, name: 'a', prepare: { focalPlane: { z: 1.5 } } },
      field: 'prepare.focalPlane',
      value: '{"z":1.5}',
    },
  ])('says that $field is $value in $document', ({ document, field, value }) => {
    expect(parseRecipe(document, 'mine.json')).toMatchObject({
      ok: false,
      fault: { kind: 'recipe-invalid', path: 'mine.json', field, value },
    })
  })
})

test('a recipe that names no focal plane there is says what is allowed', () => {
  const document = { format: 1, name: 'a', prepare: { focalPlane: 'best' } }
  const parsed = parseRecipe(document, 'mine.json')
  expect(parsed.ok ? '' : faultText(parsed.fault)).toBe(
    'The recipe\'s prepare.focalPlane is "best"; allowed: one of "projection-or-sharpest", "sharpest", "lowest", ' +
      '"maximum-projection", "mean-projection", or a plane by its number, as in {"z": 3}.',
  )
})

test('recipes of before have the identity they had', () => {
  expect(recipeHash(NUCLEI_FLUORESCENCE)).toBe(
    '059de7732e7dafbad17d9e6b415c31db5b156a015f96fb0b71b3080556964601',
  )
})

describe('of two recipes', () => {
  const { quality, derive, prepare } = NUCLEI_FLUORESCENCE

  test.each<{ differ: string; change: Partial<Recipe>; metrics: boolean; objects: boolean }>([
    { differ: 'their names', change: { name: 'other' }, metrics: true, objects: true },
    { differ: 'their status', change: { status: 'locked' }, metrics: true, objects: true },
    { differ: 'how files are named', change: { naming: 'loose' }, metrics: true, objects: true },
    {
      differ: 'the rules',
      change: { quality: { ...quality, rules: quality.rules.slice(1) } },
      metrics: true,
      objects: true,
    },
    {
      differ: 'the baselines',
      change: { quality: { ...quality, baselines: { DAPI: { planes: 1, metrics: {} } } } },
      metrics: true,
      objects: true,
    },
    {
      differ: 'how metrics are taken',
      change: {
        quality: { ...quality, metrics: { ...quality.metrics, edgeSignificance: 9 } },
      },
      metrics: false,
      objects: false,
    },
    {
      differ: 'what channels show',
      change: { channels: NUCLEI_FLUORESCENCE.channels.slice(1) },
      metrics: true,
      objects: false,
    },
    {
      differ: 'which plane of a stack is analysed',
      change: { prepare: { ...prepare, focalPlane: 'lowest' } },
      metrics: true,
      objects: false,
    },
    {
      differ: 'how nuclei are found',
      change: { derive: { nuclei: { ...derive.nuclei, smallestArea: 99 } as never } },
      metrics: true,
      objects: false,
    },
    { differ: 'their seeds', change: { seed: 1 }, metrics: true, objects: false },
  ])(
    'that differ in $differ: metrics alike $metrics, objects alike $objects',
    ({ change, metrics, objects }) => {
      const other = { ...NUCLEI_FLUORESCENCE, ...change }
      expect(recipeHash(other)).not.toBe(recipeHash(NUCLEI_FLUORESCENCE))
      const alike = (part: typeof metricsPart): boolean =>
        JSON.stringify(part(other)) === JSON.stringify(part(NUCLEI_FLUORESCENCE))
      expect([alike(metricsPart), alike(analysisPart)]).toEqual([metrics, objects])
    },
  )

  test('no parameter is left out unseen: whoever adds one decides what depends on it', () => {
    expect(Object.keys(NUCLEI_FLUORESCENCE).toSorted()).toEqual(
      'channels derive format name naming prepare quality seed status'.split(' '),
    )
    expect(Object.keys(QualitySettings.shape).toSorted()).toEqual(['baselines', 'metrics', 'rules'])
  })
})
