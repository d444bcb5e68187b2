import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  databasePath,
  openStore,
  openStoreReader,
  type Store,
} from '#workstation/store/open-store.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

function opened(folder: string): Store {
  return valueOf(openStore(folder))
}

describe('opening a store', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['recursive_triggers', 1],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
  ])('sets %s to %s, at the second opening too', (name, value) => {
    const folder = temporaryFolder()
    opened(folder).close()
    const store = opened(folder)
    expect(store.db.pragma(name, { simple: true })).toBe(value)
    store.close()
  })

  test('lets only one Parfocal in, and says who has it', () => {
    const folder = temporaryFolder()
    const first = opened(folder)
    expect(openStore(folder)).toEqual({
      ok: false,
      fault: { kind: 'store-in-use', path: folder, pid: process.pid },
    })
    first.close()
    opened(folder).close()
  })

  test('lets others read while one writes', () => {
    const folder = temporaryFolder()
    const writer = opened(folder)
    const reader = openStoreReader(folder)
    expect(reader.ok).toBe(true)
    if (reader.ok) reader.value.close()
    writer.close()
  })

  test('names a database that is none', () => {
    const folder = temporaryFolder()
    writeFileSync(databasePath(folder), 'a text that somebody saved under this name'.repeat(200))
    expect(openStore(folder)).toMatchObject({ ok: false, fault: { kind: 'store-damaged' } })
    expect(openStoreReader(folder)).toMatchObject({ ok: false, fault: { kind: 'store-damaged' } })
  })

  test('refuses a store of a newer version', () => {
    const folder = temporaryFolder()
    const store = opened(folder)
    store.db.pragma('user_version = 99990')
    store.close()
    expect(openStore(folder)).toMatchObject({ ok: false, fault: { kind: 'store-newer' } })
  })

  test('says that a file stands where the store should be', () => {
    const path = join(temporaryFolder(), 'store')
    writeFileSync(path, '')
    expect(openStore(path)).toMatchObject({ ok: false, fault: { kind: 'store-not-writable' } })
  })

  test('has nothing to read where no store is', () => {
    const folder = temporaryFolder()
    expect(openStoreReader(folder)).toEqual({
      ok: false,
      fault: { kind: 'store-not-found', path: folder },
    })
  })
})
