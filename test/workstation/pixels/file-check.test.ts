import { appendFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFileCheck } from '#workstation/pixels/file-check.ts'
import type { PageFile } from '#workstation/reading/read-page.ts'
import { temporaryFolder } from '../../support/stores.ts'

function version(path: string): PageFile {
  const { size, mtimeNs } = statSync(path, { bigint: true })
  return { path, page: 0, bytes: Number(size), modified: String(mtimeNs) }
}

function file(): PageFile {
  const path = join(temporaryFolder(), 'a.tif')
  writeFileSync(path, 'pixels')
  return version(path)
}

test('a file is the same until somebody writes to it', async () => {
  const known = file()
  expect(await createFileCheck().isSame(known)).toBe(true)
  utimesSync(known.path, 1, 1)
  expect(await createFileCheck().isSame(known)).toBe(false)
  const longer = version(known.path)
  appendFileSync(known.path, 'more')
  utimesSync(known.path, 1, 1)
  expect(await createFileCheck().isSame(longer)).toBe(false)
})

test('one look at a file serves those who ask at once', async () => {
  const known = file()
  const check = createFileCheck()
  const asked = await Promise.all(Array.from({ length: 40 }, () => check.isSame(known)))
  expect(new Set(asked)).toEqual(new Set([true]))
  utimesSync(known.path, 1, 1)
  expect(await check.isSame(known)).toBe(true)
})

test('a file that is away was not changed as far as anybody knows', async () => {
  const known = file()
  rmSync(known.path)
  expect(await createFileCheck().isSame(known)).toBe(true)
})
