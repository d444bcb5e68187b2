import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeGrowing } from '#workstation/simulate/write-growing.ts'
import { temporaryFolder } from '../../support/stores.ts'

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i)

test('a watcher sees the file grow until it is whole', async () => {
  const path = join(temporaryFolder(), 'plane.tif')
  let done = false
  const writing = writeGrowing(path, bytes, 400).then(() => (done = true))
  const sizes = new Set<number>()
  while (!done) {
    sizes.add(statSync(path, { throwIfNoEntry: false })?.size ?? 0)
    await new Promise(resolve => setImmediate(resolve))
  }
  await writing
  const partial = [...sizes].filter(size => size > 0 && size < 1000)
  expect(partial.length).toBeGreaterThan(2)
  expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
})

test('a file that was begun is finished at once when the acquisition is stopped', async () => {
  const path = join(temporaryFolder(), 'plane.tif')
  await writeGrowing(path, bytes, 3_600_000, AbortSignal.timeout(20))
  expect(new Uint8Array(readFileSync(path))).toEqual(bytes)
})

test('nothing that is there is written over', async () => {
  const path = join(temporaryFolder(), 'plane.tif')
  await writeGrowing(path, bytes, 0)
  await expect(writeGrowing(path, bytes, 0)).rejects.toMatchObject({ code: 'EEXIST' })
})
