import { describe, expect, test } from 'vitest'
import { memoryDb } from '../../support/stores.ts'

const insert = `INSERT INTO recipe (hash, name, document) VALUES ('h1', 'nuclei', '{}')`

describe('a table of records', () => {
  test.each([
    ['UPDATE', `UPDATE recipe SET name = 'other'`],
    ['DELETE', 'DELETE FROM recipe'],
    ['REPLACE', `REPLACE INTO recipe (hash, name, document) VALUES ('h1', 'other', '{}')`],
  ])('refuses %s', (_, sql) => {
    const db = memoryDb()
    db.exec(insert)
    expect(() => db.exec(sql)).toThrow('recipe is append-only')
    expect(db.prepare('SELECT name FROM recipe').pluck().all()).toEqual(['nuclei'])
  })

  test('is every table but those of the folder’s inventory and of what is derived', () => {
    const db = memoryDb()
    const tables = db
      .prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
      .pluck()
      .all()
    const guarded = tables.filter(
      table =>
        db
          .prepare(`SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = ?`)
          .get(`${table}NeverChanges`) !== undefined,
    )
    expect(tables.filter(table => !guarded.includes(table))).toEqual([
      'acquisition',
      'field',
      'fieldStanding',
      'file',
      'plane',
      'planeFacts',
      'planeStanding',
      'plate',
      'promise',
      'runFacts',
      'wellStanding',
    ])
  })
})
