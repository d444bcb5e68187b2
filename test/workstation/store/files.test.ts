import { sep } from 'node:path'
import { expect, test } from 'vitest'
import { holdsFilesBelow, holdsFilesElsewhere } from '#workstation/store/files.ts'
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

test('the store knows whether it holds files of any other folder', () => {
  const db = memoryDb()
  const path = (...parts: string[]) => ['', 'data', ...parts].join(sep)
  const enter = (file: string) =>
    write(db, `INSERT INTO file (path, bytes, modified) VALUES (?, 1, '1')`, file)
  const elsewhere = () => holdsFilesElsewhere(db, path('store-simulated'))
  expect(elsewhere()).toBe(false)
  enter(path('store-simulated', '2026-11-21T08-09-10', 'A01.tif'))
  expect(elsewhere()).toBe(false)
  enter(path('store-simulated 2', 'A01.tif'))
  expect(elsewhere()).toBe(true)
  const other = memoryDb()
  write(other, `INSERT INTO file (path, bytes, modified) VALUES (?, 1, '1')`, path('A01.tif'))
  expect(holdsFilesElsewhere(other, path('store-simulated'))).toBe(true)
})
