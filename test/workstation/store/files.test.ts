import { sep } from 'node:path'
import { expect, test } from 'vitest'
import { holdsFilesBelow } from '#workstation/store/files.ts'
import { write } from '#workstation/store/db.ts'
import { memoryDb } from '../../support/stores.ts'

test('the store knows which folders hold files of it', () => {
  const db = memoryDb()
  const path = ['', 'data', 'plate 1', 'A01.tif'].join(sep)
  write(db, `INSERT INTO file (path, bytes, modified) VALUES (?, 1, '1')`, path)
  const folder = (...parts: string[]) => holdsFilesBelow(db, ['', ...parts].join(sep))
  expect(folder('data')).toBe(true)
  expect(folder('data', 'plate 1')).toBe(true)
  expect(folder('data', 'plate')).toBe(false)
  expect(folder('data', 'plate 1', 'A01.tif')).toBe(false)
  expect(folder('data', 'plate 2')).toBe(false)
})
