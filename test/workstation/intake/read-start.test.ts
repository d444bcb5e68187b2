import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readStart } from '#workstation/intake/read-start.ts'

test('the start of a file is its first bytes, or all of a shorter one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'start-'))
  await writeFile(join(folder, 'a'), 'abcdef')
  const text = async (limit: number) => {
    const start = await readStart(join(folder, 'a'), limit)
    return start.ok ? Buffer.from(start.value).toString() : start.fault
  }
  expect(await text(4)).toBe('abcd')
  expect(await text(100)).toBe('abcdef')
  const gone = join(folder, 'b')
  expect(await readStart(gone, 4)).toMatchObject({ fault: { kind: 'file-not-found', path: gone } })
  expect(await readStart(folder, 4)).toMatchObject({ fault: { kind: 'file-locked' } })
  await rm(folder, { recursive: true })
})
