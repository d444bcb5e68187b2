import { appendFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '#core/fault.ts'
import { withFile, type FileStamp } from '#workstation/reading/open-file.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const write = scratchFolder()
const BYTES = Uint8Array.of(1, 2, 3)

async function stampOf(path: string): Promise<FileStamp> {
  const opened = await withFile(path, null, async ({ stamp }) => ok(stamp))
  if (!opened.ok) throw new Error(opened.fault.kind)
  return opened.value
}

test('a file that stays as it is gives what was made of it', async () => {
  const path = write('still.tif', BYTES)
  expect(await withFile(path, null, async ({ size }) => ok(size))).toEqual({ ok: true, value: 3 })
})

test('a file that grows while it is read has changed', async () => {
  const path = write('growing.tif', BYTES)
  const read = await withFile(path, null, async () => ok(appendFileSync(path, BYTES)))
  expect(read).toEqual({ ok: false, fault: { kind: 'file-changed', path } })
})

test('a file that is written over with as many bytes has changed', async () => {
  const path = write('overwritten.tif', BYTES)
  const stamp = await stampOf(path)
  writeFileSync(path, Uint8Array.of(4, 5, 6))
  utimesSync(path, 1000, 1000)
  const fault = { kind: 'file-changed', path }
  expect(await withFile(path, stamp, async () => ok(1))).toEqual({ ok: false, fault })
})

test('another file in its place has changed', async () => {
  const path = write('replaced.tif', BYTES)
  const stamp = await stampOf(path)
  renameSync(write('other.tif', Uint8Array.of(7, 8, 9)), path)
  const fault = { kind: 'file-changed', path }
  expect(await withFile(path, stamp, async () => ok(1))).toEqual({ ok: false, fault })
})

test('a folder is not an image', async () => {
  const folder = dirname(write('any.tif', BYTES))
  expect(await withFile(folder, null, async () => ok(1))).toMatchObject({
    fault: { kind: 'not-an-image', path: folder },
  })
})

test('a file that is not there is not found', async () => {
  expect(await withFile('/nowhere/a.tif', null, async () => ok(1))).toEqual({
    ok: false,
    fault: { kind: 'file-not-found', path: '/nowhere/a.tif' },
  })
})

test('an error of ours is not taken for one of the file', async () => {
  const path = write('bug.tif', BYTES)
  const broken = withFile(path, null, () => Promise.reject(new TypeError('a bug')))
  await expect(broken).rejects.toThrow('a bug')
})
