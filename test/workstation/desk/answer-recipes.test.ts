import { expect, test } from 'vitest'
import type { Sha256 } from '#core/brand.ts'
import { fail, ok, type Fault } from '#core/fault.ts'
import { NUCLEI_FLUORESCENCE, Recipe, recipeHash, recipeText } from '#core/recipe.ts'
import { recipeAnswers, recipeVersion } from '#workstation/desk/answer-recipes.ts'
import { appendAudit } from '#workstation/record/audit-trail.ts'
import { enrolAgents } from '#workstation/record/agents.ts'
import { keepRecipe } from '#workstation/store/recipes.ts'
import { memoryDb } from '../../support/stores.ts'

const LOCKED = Recipe.parse({ ...NUCLEI_FLUORESCENCE, status: 'locked' })
const STRICTER = {
  ...LOCKED.quality,
  rules: LOCKED.quality.rules.map(rule => ({ ...rule, limit: rule.limit * 1.1 })),
}

/** A workstation that works by a locked recipe, and keeps what it is told to use. */
function workplace(refusal: Fault | null = null) {
  const db = memoryDb()
  const agents = enrolAgents(db)
  const used: { name: string; status: string; reason: string }[] = []
  let recipe = LOCKED
  let minute = 0

  function use(next: Recipe, reason: string) {
    if (refusal !== null) return fail(refusal)
    minute += 1
    const hash = recipeHash(next)
    keepRecipe(db, hash, next.name, recipeText(next))
    const at = new Date(Date.UTC(2026, 2, 1, 8, minute))
    appendAudit(db, agents, at, {
      action: 'use',
      entity: 'recipe',
      entityId: hash,
      new: { recipe: hash },
      reason,
    })
    used.push({ name: next.name, status: next.status, reason })
    recipe = next
    return ok(undefined)
  }

  const workstation = {
    store: { db },
    get recorder() {
      return { recipe, recipeHash: recipeHash(recipe) }
    },
  }
  if (refusal === null) use(LOCKED, 'the first')
  return { workstation, used, answers: recipeAnswers(workstation, use) }
}

test('a locked recipe is succeeded by a draft with other rules and the reason, and stays kept', async () => {
  const { answers, used } = workplace()
  const succeeded = await answers['recipes.succeed']({ quality: STRICTER, reason: 'blur got by' })
  expect(succeeded).toMatchObject({
    ok: true,
    value: {
      status: 'draft',
      inUse: true,
      keptAt: '2026-03-01T08:02:00.000Z',
      reason: 'blur got by',
    },
  })
  expect(used.at(-1)).toEqual({
    name: 'nuclei-fluorescence',
    status: 'draft',
    reason: 'blur got by',
  })
  expect(await answers['recipes.list']()).toMatchObject({
    value: [
      { status: 'draft', inUse: true },
      { hash: recipeHash(LOCKED), status: 'locked', inUse: false },
    ],
  })
})

test('goes back to a version that was kept', async () => {
  const { answers, workstation } = workplace()
  await answers['recipes.succeed']({ quality: STRICTER, reason: 'blur got by' })
  const back = await answers['recipes.use']({ hash: recipeHash(LOCKED), reason: 'too strict' })
  expect(back).toMatchObject({ ok: true, value: { hash: recipeHash(LOCKED), inUse: true } })
  expect(workstation.recorder.recipe).toEqual(LOCKED)
})

test('a version that was never kept is a fault', async () => {
  const hash = '0'.repeat(64) as Sha256
  expect(await workplace().answers['recipes.use']({ hash, reason: 'try' })).toEqual({
    ok: false,
    fault: { kind: 'recipe-not-found', hash },
  })
})

test('a full disk keeps no version and says so', async () => {
  const full = { kind: 'disk-full', path: '/store' } as const
  const { answers, workstation } = workplace(full)
  expect(await answers['recipes.succeed']({ quality: STRICTER, reason: 'blur' })).toEqual({
    ok: false,
    fault: full,
  })
  expect(workstation.recorder.recipe).toEqual(LOCKED)
})

test('a recipe that is only shipped was never kept', () => {
  const { workstation } = workplace()
  const shipped = Recipe.parse({ format: 1, name: 'shipped' })
  expect(recipeVersion(workstation, shipped)).toMatchObject({ keptAt: null, inUse: false })
})
