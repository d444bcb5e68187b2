import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { WritableDb } from '#workstation/store/db.ts'
import { migrate } from '#workstation/store/migrate.ts'
import { MIGRATIONS, type Migration } from '#workstation/store/migrations/index.ts'
import { valueOf } from './value-of.ts'

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** A store's database in memory, with the schema up to and including one migration. */
export function memoryDb(upTo = MIGRATIONS.at(-1)!.id): WritableDb {
  const db = new Database(':memory:') as unknown as WritableDb
  db.pragma('foreign_keys = ON')
  db.pragma('recursive_triggers = ON')
  const steps: readonly Migration[] = MIGRATIONS.filter(({ id }) => id <= upTo)
  valueOf(migrate(db, ':memory:', steps))
  onTestFinished(() => void db.close())
  return db
}
