import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { examineStoreFolder } from '../../../src/workstation/doctor/examine-store-folder.ts'

let ground: string

beforeEach(() => {
  ground = mkdtempSync(join(tmpdir(), 'parfocal-ground-'))
})

afterEach(() => {
  rmSync(ground, { recursive: true, force: true })
})

test('a store that was never made is looked at where it would be made, and not made', () => {
  const folder = join(ground, 'parfocal', 'store')
  const found = examineStoreFolder(folder)
  expect(found).toMatchObject({ folder, exists: false, writable: true })
  expect(found.freeBytes).toBeGreaterThan(0)
  expect(existsSync(join(ground, 'parfocal'))).toBe(false)
})

test('a store is known by its database', () => {
  mkdirSync(join(ground, 'store'))
  writeFileSync(join(ground, 'store', 'parfocal.sqlite'), '')
  expect(examineStoreFolder(join(ground, 'store')).exists).toBe(true)
})
