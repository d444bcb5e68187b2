import { describe, expect, test } from 'vitest'
import { migrate } from '#workstation/store/migrate.ts'
import { MIGRATIONS } from '#workstation/store/migrations/index.ts'
import { memoryDb } from '../../support/stores.ts'

describe('migrations', () => {
  test('are numbered by tens, in order', () => {
    expect(MIGRATIONS.map(({ id }) => id)).toEqual(MIGRATIONS.map((_, i) => (i + 1) * 10))
  })

  test.each(MIGRATIONS.map(({ id, purpose }) => ({ id, purpose })))(
    'from before $id ($purpose) keep the rows that were there',
    ({ id }) => {
      const db = memoryDb(id - 10)
      const before = id > 10
      if (before) db.exec(`INSERT INTO plate (name, uniqueId) VALUES ('BR00117', '')`)
      expect(migrate(db, ':memory:')).toEqual({ ok: true, value: undefined })
      const plates = db.prepare('SELECT name FROM plate').pluck().all()
      expect(plates).toEqual(before ? ['BR00117'] : [])
    },
  )

  test('leave nothing of a step that fails', () => {
    const db = memoryDb()
    const broken = { id: 99990, purpose: 'fails', sql: 'CREATE TABLE half (id); SELECT nothing' }
    expect(() => migrate(db, ':memory:', [...MIGRATIONS, broken])).toThrow()
    expect(db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'half'`).get()).toBeUndefined()
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.at(-1)!.id)
  })
})
