import { describe, expect, test } from 'vitest'
import { MODEL_STATES, type ModelState } from '#contract/models.ts'
import { checkModels } from '#workstation/inference/registry/check-models.ts'
import type { Clerk } from '#workstation/inference/registry/clerk.ts'
import { findModel } from '#workstation/inference/registry/find-model.ts'
import {
  changeModelState,
  recordModelTest,
  registerModel,
} from '#workstation/inference/registry/record-models.ts'
import { checkAuditChain } from '#workstation/record/audit-trail.ts'
import { auditRows } from '#workstation/store/audit.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { modelsNow, modelStates, type ModelRow } from '#workstation/store/models.ts'
import { clerkAt, paperPackage } from '../../../support/paper-models.ts'
import { memoryDb } from '../../../support/stores.ts'
import { valueOf } from '../../../support/value-of.ts'

const HERE = 'this-runtime'

function tested(clerk: Clerk, model: ModelRow, passed = true, environment = HERE) {
  return recordModelTest(clerk, 'Mara', model, {
    environment,
    provider: 'cpu',
    passed,
    report: { outputs: [] },
  })
}

function change(clerk: Clerk, { id }: ModelRow, state: ModelState, reason = 'it is time') {
  return changeModelState(clerk, 'Mara', id, { state, reason, environment: HERE })
}

/** A network that was brought into a state. */
function networkIn(state: ModelState) {
  const clerk = clerkAt(memoryDb())
  const model = valueOf(registerModel(clerk, 'Mara', paperPackage()))
  tested(clerk, model)
  const ways: Record<ModelState, readonly ModelState[]> = {
    draft: [],
    qualified: ['qualified'],
    'in-use': ['qualified', 'in-use'],
    retired: ['retired'],
  }
  for (const step of ways[state]) valueOf(change(clerk, model, step))
  return { clerk, model }
}

describe('registering a network', () => {
  test('makes it a draft that says who brought it', () => {
    const clerk = clerkAt(memoryDb())
    const model = valueOf(registerModel(clerk, 'Mara', paperPackage()))
    expect(model).toMatchObject({ model: 'paper-nuclei', version: '1.0.0', operator: 'Mara' })
    expect(modelsNow(clerk.store.db, HERE)).toMatchObject([
      { model: { id: model.id }, state: { state: 'draft' }, lastTest: undefined },
    ])
  })

  test('again with the same contents is the row that is there, and no second audit row', () => {
    const clerk = clerkAt(memoryDb())
    const once = valueOf(registerModel(clerk, 'Mara', paperPackage()))
    const rows = [...auditRows(clerk.store.db)].length
    expect(valueOf(registerModel(clerk, 'Jonas', paperPackage()))).toEqual(once)
    expect([...auditRows(clerk.store.db)]).toHaveLength(rows)
  })

  test('with other contents under a version that is registered is refused', () => {
    const clerk = clerkAt(memoryDb())
    valueOf(registerModel(clerk, 'Mara', paperPackage()))
    expect(registerModel(clerk, 'Mara', paperPackage({}, 'other weights'))).toEqual({
      ok: false,
      fault: { kind: 'model-registered-otherwise', model: 'paper-nuclei@1.0.0' },
    })
    valueOf(registerModel(clerk, 'Mara', paperPackage({ version: '1.1.0' }, 'other weights')))
    expect(modelsNow(clerk.store.db, HERE).map(({ model }) => model.version)).toEqual([
      '1.1.0',
      '1.0.0',
    ])
  })

  test('with another description and the same weights is refused too', () => {
    const clerk = clerkAt(memoryDb())
    valueOf(registerModel(clerk, 'Mara', paperPackage()))
    const other = registerModel(clerk, 'Mara', paperPackage({ name: 'Better name' }))
    expect(other).toMatchObject({ fault: { kind: 'model-registered-otherwise' } })
  })
})

describe('the state of a network', () => {
  const ALLOWED = [
    ['draft', 'qualified'],
    ['draft', 'retired'],
    ['qualified', 'in-use'],
    ['qualified', 'retired'],
    ['in-use', 'retired'],
    ['retired', 'qualified'],
  ]
  const pairs = MODEL_STATES.flatMap(from => MODEL_STATES.map(to => ({ from, to }))).map(pair => ({
    ...pair,
    allowed: ALLOWED.some(([from, to]) => from === pair.from && to === pair.to),
  }))

  test.each(pairs)('from $from to $to: $allowed', ({ from, to, allowed }) => {
    const { clerk, model } = networkIn(from)
    const before = modelStates(clerk.store.db, model.id).length
    const changed = change(clerk, model, to)
    expect(changed.ok).toBe(allowed)
    const states = modelStates(clerk.store.db, model.id)
    expect(states).toHaveLength(before + (allowed ? 1 : 0))
    expect(states[0]!.state).toBe(allowed ? to : from)
    if (!changed.ok) expect(changed.fault.kind).toBe('model-not-usable')
  })

  test.each(['', '   ', '\n\t'])('never changes without a reason: %j', reason => {
    const { clerk, model } = networkIn('draft')
    expect(change(clerk, model, 'retired', reason)).toMatchObject({
      fault: { kind: 'model-not-usable', detail: 'a change of its state needs a reason' },
    })
  })

  test('is not qualified by a test in another environment, nor by one that failed', () => {
    const clerk = clerkAt(memoryDb())
    const model = valueOf(registerModel(clerk, 'Mara', paperPackage()))
    tested(clerk, model, true, 'another-runtime')
    expect(change(clerk, model, 'qualified')).toMatchObject({
      fault: { detail: expect.stringContaining('test it first') },
    })
    tested(clerk, model, true)
    tested(clerk, model, false)
    expect(change(clerk, model, 'qualified')).toMatchObject({
      fault: { detail: expect.stringContaining('failed') },
    })
  })

  test('rests on the test that it was qualified by', () => {
    const clerk = clerkAt(memoryDb())
    const model = valueOf(registerModel(clerk, 'Mara', paperPackage()))
    const { id } = tested(clerk, model)
    valueOf(change(clerk, model, 'qualified'))
    expect(modelStates(clerk.store.db, model.id)[0]).toMatchObject({ testId: id })
  })

  test('of a network that is not there cannot be changed', () => {
    const clerk = clerkAt(memoryDb())
    const wanted = { state: 'retired', reason: 'why not', environment: HERE } as const
    expect(changeModelState(clerk, 'Mara', 7, wanted)).toMatchObject({
      fault: { kind: 'model-not-found' },
    })
  })
})

describe('a network by its name', () => {
  test('is its version, or the one that is trusted most', () => {
    const clerk = clerkAt(memoryDb())
    const { db } = clerk.store
    const one = valueOf(registerModel(clerk, '', paperPackage({ version: '1.0.0' }, 'one')))
    const two = valueOf(registerModel(clerk, '', paperPackage({ version: '2.0.0' }, 'two')))
    const versionOf = (reference: string): string =>
      valueOf(findModel(db, reference, HERE)).model.version
    expect(versionOf('paper-nuclei')).toBe('2.0.0')
    tested(clerk, one)
    valueOf(change(clerk, one, 'qualified'))
    expect(versionOf('paper-nuclei')).toBe('1.0.0')
    expect(versionOf('paper-nuclei@2.0.0')).toBe('2.0.0')
    valueOf(change(clerk, two, 'retired'))
    valueOf(change(clerk, one, 'retired'))
    expect(versionOf('paper-nuclei')).toBe('2.0.0')
    expect(findModel(db, 'paper-nuclei@3', HERE)).toMatchObject({
      fault: { kind: 'model-not-found', model: 'paper-nuclei@3' },
    })
  })
})

describe('the audit trail of networks', () => {
  test('says what happened, from which state, why and who', () => {
    const { clerk, model } = networkIn('in-use')
    valueOf(change(clerk, model, 'retired', 'a better one is here'))
    const rows = [...auditRows(clerk.store.db)].map(({ action, oldJson, newJson, reason }) => {
      const now = JSON.parse(newJson!) as Record<string, unknown>
      const from = oldJson === null ? null : (JSON.parse(oldJson) as { state: string }).state
      return [
        action,
        from,
        now['state'] ?? now['passed'] ?? now['version'],
        now['operator'],
        reason,
      ]
    })
    expect(rows).toEqual([
      ['register', null, '1.0.0', 'Mara', null],
      ['change', null, 'draft', 'Mara', 'Registered'],
      ['test', null, true, 'Mara', null],
      ['change', 'draft', 'qualified', 'Mara', 'it is time'],
      ['change', 'qualified', 'in-use', 'Mara', 'it is time'],
      ['change', 'in-use', 'retired', 'Mara', 'a better one is here'],
    ])
    expect(checkAuditChain(clerk.store.db, [])).toMatchObject({ rows: 6 })
    expect(checkModels(clerk.store.db)).toEqual({ rows: 6, problems: [] })
  })

  const TABLES = ['model', 'modelFile', 'modelTest', 'modelState', 'entity']

  /** Somebody with a database tool and an idea. */
  function tamper(db: WritableDb, sql: string): void {
    for (const table of TABLES) {
      for (const trigger of ['NeverChanges', 'NeverShrinks', 'KeepsRows']) {
        db.exec(`DROP TRIGGER IF EXISTS ${table}${trigger}`)
      }
    }
    db.exec(sql)
  }

  test.each([
    {
      deed: 'another hash of the weights',
      sql: `UPDATE model SET weights = 'b' || substr(weights, 2)`,
      problem: { kind: 'model-altered', where: 'model 1' },
    },
    {
      deed: 'one letter of the description',
      sql: `UPDATE model SET description = replace(description, 'Finds', 'Finda')`,
      problem: { kind: 'model-altered', where: 'model 1' },
    },
    {
      deed: 'a file that is another one',
      sql: `UPDATE entity SET sha256 = 'f' || substr(sha256, 2)`,
      problem: { kind: 'model-altered', where: 'model 1' },
    },
    {
      deed: 'a file that is gone',
      sql: 'DELETE FROM modelFile',
      problem: { kind: 'model-altered', where: 'model 1' },
    },
    {
      deed: 'a test whose outcome was turned round',
      sql: 'UPDATE modelTest SET passed = 0',
      problem: { kind: 'model-altered', where: 'modelTest 1' },
    },
    {
      deed: 'another reason',
      sql: `UPDATE modelState SET reason = 'because' WHERE id = 2`,
      problem: { kind: 'model-altered', where: 'modelState 2' },
    },
    {
      deed: 'a retirement that never was',
      sql: 'DELETE FROM modelState WHERE id = 3',
      problem: { kind: 'model-missing', where: 'modelState 3' },
    },
    {
      deed: 'a state that nobody audited',
      sql: `INSERT INTO modelState (modelId, state, reason, operator, osUser, machine, at)
            SELECT modelId, 'in-use', 'no need', operator, osUser, machine, at
            FROM modelState WHERE id = 1`,
      problem: { kind: 'model-unaudited', where: 'modelState 4' },
    },
  ])('shows $deed', ({ sql, problem }) => {
    const { clerk, model } = networkIn('qualified')
    valueOf(change(clerk, model, 'retired'))
    tamper(clerk.store.db, sql)
    expect(checkModels(clerk.store.db).problems).toMatchObject([problem])
  })

  test('has nothing to say of a store of before there were networks', () => {
    expect(checkModels(memoryDb(70))).toEqual({ rows: 0, problems: [] })
    expect(modelsNow(memoryDb(70), HERE)).toEqual([])
  })

  test.each([
    ['UPDATE', `UPDATE modelState SET state = 'in-use'`],
    ['DELETE', 'DELETE FROM modelTest'],
    [
      'REPLACE of a version',
      `REPLACE INTO model SELECT 99, model, version, weights, contents, description, document,
       operator, osUser, machine, at FROM model`,
    ],
    [
      'REPLACE of a file',
      'REPLACE INTO modelFile SELECT 99, modelId, name, entityId FROM modelFile',
    ],
  ])('is not got round by %s', (_, sql) => {
    const { clerk } = networkIn('qualified')
    expect(() => clerk.store.db.exec(sql)).toThrow('is append-only')
  })

  test('and the table itself refuses a blank reason and a qualification without a test', () => {
    const { clerk } = networkIn('draft')
    const enter = (state: string, reason: string) => () =>
      clerk.store.db.exec(
        `INSERT INTO modelState (modelId, state, reason, operator, osUser, machine, at)
         VALUES (1, '${state}', '${reason}', 'Mara', 'mara', 'scope-3', '')`,
      )
    expect(enter('retired', '  ')).toThrow('CHECK')
    expect(enter('qualified', 'why not')).toThrow('CHECK')
    expect(enter('retired', 'old')).not.toThrow()
  })
})
