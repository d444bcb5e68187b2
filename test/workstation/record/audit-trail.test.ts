import { describe, expect, test } from 'vitest'
import type { Agents } from '#workstation/record/agents.ts'
import { appendAudit, checkAuditChain, type AuditHead } from '#workstation/record/audit-trail.ts'
import { lastAuditRow } from '#workstation/store/audit.ts'
import type { WritableDb } from '#workstation/store/db.ts'
import { memoryDb } from '../../support/stores.ts'

const agents: Agents = {
  machine: 'scope-3',
  osUser: 'mara',
  applicationVersion: '0.1.0',
  softwareId: 1,
  personId: 2,
}

function trailOf(events: number): WritableDb {
  const db = memoryDb()
  for (let i = 1; i <= events; i += 1) {
    const now = new Date(Date.UTC(2026, 0, 1, 0, 0, i))
    appendAudit(db, agents, now, { action: 'record', entity: 'activity', entityId: `a${i}` })
  }
  return db
}

/** Somebody with a database tool and an idea. */
function tamper(db: WritableDb, sql: string): void {
  for (const trigger of ['NeverChanges', 'NeverShrinks', 'KeepsRows']) {
    db.exec(`DROP TRIGGER IF EXISTS audit${trigger}`)
  }
  db.exec(sql)
}

function headOf(db: WritableDb): AuditHead {
  const { seq, hash, at } = lastAuditRow(db)!
  return { seq, hash, at }
}

describe('the audit trail', () => {
  test('holds when nobody touched it', () => {
    const db = trailOf(5)
    expect(checkAuditChain(db, [headOf(db)])).toEqual({ rows: 5, problems: [] })
  })

  test.each([
    {
      deed: 'an edited row',
      sql: `UPDATE audit SET actor = 'nobody' WHERE seq = 3`,
      kind: 'audit-altered',
      where: 'audit row 3',
    },
    {
      deed: 'a changed hash',
      sql: `UPDATE audit SET hash = 'ff' WHERE seq = 3`,
      kind: 'audit-altered',
      where: 'audit row 3',
    },
    {
      deed: 'a removed row',
      sql: 'DELETE FROM audit WHERE seq = 3',
      kind: 'audit-gap',
      where: 'audit row 4',
    },
    {
      deed: 'a cut tail',
      sql: 'DELETE FROM audit WHERE seq > 3',
      kind: 'audit-truncated',
      where: 'audit row 5',
    },
    {
      deed: 'a trail that was emptied',
      sql: 'DELETE FROM audit',
      kind: 'audit-truncated',
      where: 'audit row 5',
    },
  ])('shows $deed', ({ sql, kind, where }) => {
    const db = trailOf(5)
    const head = headOf(db)
    tamper(db, sql)
    expect(checkAuditChain(db, [head]).problems[0]).toMatchObject({ kind, where })
  })

  test.each([
    { deed: 'whose file is gone', heads: null },
    { deed: 'that were emptied', heads: [] },
  ])('shows anchors $deed', ({ heads }) => {
    expect(checkAuditChain(trailOf(5), heads).problems).toMatchObject([
      { kind: 'audit-truncated', where: 'audit-heads.jsonl' },
    ])
  })

  test('shows a chain that was written anew from its first row', () => {
    const head = headOf(trailOf(5))
    const forged = memoryDb()
    for (let i = 1; i <= 5; i += 1) {
      const event = { action: 'record', entity: 'activity', entityId: `b${i}` }
      appendAudit(forged, agents, new Date(Date.UTC(2026, 0, 1, 0, 0, i)), event)
    }
    expect(checkAuditChain(forged, [headOf(forged)]).problems).toEqual([])
    expect(checkAuditChain(forged, [head]).problems).toMatchObject([
      { kind: 'audit-altered', where: 'audit row 5' },
    ])
  })
})
