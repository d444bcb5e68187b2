import { describe, expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import type { Agents } from '#workstation/record/agents.ts'
import { checkAuditChain } from '#workstation/record/audit-trail.ts'
import { checkDecisions } from '#workstation/record/check-decisions.ts'
import { recordDecisions, recordWithdrawals } from '#workstation/record/record-decisions.ts'
import { auditRows } from '#workstation/store/audit.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { standingDecision, type DecisionRow } from '#workstation/store/decisions.ts'
import { memoryDb } from '../../support/stores.ts'
import { plateWriter } from '../../support/written-plates.ts'

const agents: Agents = {
  machine: 'scope-3',
  osUser: 'microscope',
  applicationVersion: '0.1.0',
  softwareId: 1,
  personId: 2,
}

/** A plate with a plane in each well. */
function planesIn(db: WritableDb, wells: readonly string[] = ['A01']): readonly PlaneId[] {
  const write = plateWriter(db)
  const run = write.run(write.plate(), '/plates/one')
  return wells.map(well => write.plane(write.field(run, { well })))
}

function decide(
  db: WritableDb,
  planeIds: readonly PlaneId[],
  word: 'accept' | 'reject',
  note = '',
): readonly DecisionRow[] {
  const subjects = planeIds.map(planeId => ({
    planeId,
    state: 'fail',
    reasons: ['out-of-focus'],
    activityId: null,
  }))
  return recordDecisions(clerk(db), 'Mara', subjects, { word, note })
}

function clerk(db: WritableDb): Parameters<typeof recordDecisions>[0] {
  const store = { db, folder: ':memory:', close: () => undefined }
  return { store, agents, now: () => new Date('2026-03-01T10:00:00.000Z') }
}

/** Somebody with a database tool and an idea. */
function tamper(db: WritableDb, sql: string): void {
  for (const table of ['decision', 'withdrawal', 'plane', 'audit']) {
    for (const trigger of ['NeverChanges', 'NeverShrinks', 'KeepsRows']) {
      db.exec(`DROP TRIGGER IF EXISTS ${table}${trigger}`)
    }
  }
  db.exec(sql)
}

describe('recorded decisions', () => {
  test('say who signed, at which machine, and what the machine had said', () => {
    const db = memoryDb()
    const planeIds = planesIn(db)
    expect(decide(db, planeIds, 'reject', 'a hair')).toMatchObject([
      {
        planeId: planeIds[0],
        word: 'reject',
        note: 'a hair',
        operator: 'Mara',
        osUser: 'microscope',
        machine: 'scope-3',
        at: '2026-03-01T10:00:00.000Z',
        state: 'fail',
        reasons: '["out-of-focus"]',
      },
    ])
  })

  test('leave a row each in the audit trail, with the word that stood before', () => {
    const db = memoryDb()
    const planeIds = planesIn(db)
    decide(db, planeIds, 'reject')
    const second = decide(db, planeIds, 'accept', 'it is fine')
    recordWithdrawals(clerk(db), 'Jonas', second)
    const rows = [...auditRows(db)].map(({ action, oldJson, newJson, reason }) => {
      const { word, operator } = JSON.parse(newJson!) as Record<string, string>
      const before = oldJson === null ? null : (JSON.parse(oldJson) as { word: string }).word
      return { action, before, word, operator, reason }
    })
    expect(rows).toEqual([
      { action: 'decide', before: null, word: 'reject', operator: 'Mara', reason: null },
      {
        action: 'decide',
        before: 'reject',
        word: 'accept',
        operator: 'Mara',
        reason: 'it is fine',
      },
      { action: 'withdraw', before: 'accept', word: undefined, operator: 'Jonas', reason: null },
    ])
    expect(checkAuditChain(db, []).rows).toBe(3)
  })

  test('are all there or none', () => {
    const db = memoryDb()
    const planeIds = planesIn(db)
    expect(() => decide(db, [planeIds[0]!, 4711 as PlaneId], 'reject')).toThrow('FOREIGN KEY')
    expect(standingDecision(db, planeIds[0]!)).toBeUndefined()
    expect([...auditRows(db)]).toEqual([])
  })

  test('that were taken back already are not taken back again', () => {
    const db = memoryDb()
    const planeIds = planesIn(db)
    const decided = decide(db, planeIds, 'reject')
    expect(recordWithdrawals(clerk(db), 'Mara', decided)).toHaveLength(1)
    expect(recordWithdrawals(clerk(db), 'Mara', decided)).toHaveLength(0)
    expect([...auditRows(db)]).toHaveLength(2)
  })
})

describe('decisions held against the audit trail', () => {
  function decided(): WritableDb {
    const db = memoryDb()
    const planeIds = planesIn(db, ['A01', 'A02'])
    const rows = decide(db, planeIds, 'reject', 'a hair')
    recordWithdrawals(clerk(db), 'Mara', rows.slice(0, 1))
    return db
  }

  test('are as they were sealed', () => {
    expect(checkDecisions(decided())).toEqual({ rows: 3, problems: [] })
  })

  test.each([
    {
      deed: 'another word',
      sql: `UPDATE decision SET word = 'accept' WHERE id = 2`,
      problem: { kind: 'decision-altered', where: 'decision 2' },
    },
    {
      deed: 'one letter of a note',
      sql: `UPDATE decision SET note = 'a fair' WHERE id = 2`,
      problem: { kind: 'decision-altered', where: 'decision 2' },
    },
    {
      deed: 'what the machine had said',
      sql: `UPDATE decision SET state = 'pass' WHERE id = 1`,
      problem: { kind: 'decision-altered', where: 'decision 1' },
    },
    {
      deed: 'the plane that it was about',
      sql: `UPDATE plane SET channel = 'ER' WHERE id = 2`,
      problem: { kind: 'decision-altered', where: 'decision 2' },
    },
    {
      deed: 'a withdrawal that moved to another decision',
      sql: 'UPDATE withdrawal SET decisionId = 2',
      problem: { kind: 'decision-altered', where: 'withdrawal 1' },
    },
    {
      deed: 'a withdrawal that is gone',
      sql: 'DELETE FROM withdrawal',
      problem: { kind: 'decision-missing', where: 'withdrawal 1' },
    },
    {
      deed: 'a decision that nobody audited',
      sql: `INSERT INTO decision (planeId, word, note, operator, osUser, machine, at, state, reasons)
            SELECT planeId, 'accept', note, operator, osUser, machine, at, state, reasons
            FROM decision WHERE id = 2`,
      problem: { kind: 'decision-unaudited', where: 'decision 3' },
    },
  ])('show $deed', ({ sql, problem }) => {
    const db = decided()
    tamper(db, sql)
    expect(checkDecisions(db).problems).toMatchObject([problem])
  })

  test('are missed when the whole table is gone', () => {
    const db = decided()
    tamper(db, 'DROP TABLE withdrawal')
    expect(checkDecisions(db).problems).toMatchObject([
      { kind: 'decision-missing', where: 'withdrawal 1' },
    ])
  })

  test('are none in a store of before there were reviews', () => {
    expect(checkDecisions(memoryDb(50))).toEqual({ rows: 0, problems: [] })
  })
})
