import { expect, test } from 'vitest'
import { rememberReadings } from '#workstation/intake/file-access.ts'

const FILE = { path: 'a', absolute: '/screen/a', bytes: 1, modified: '1' }

test('a version of a file is read once by each reader', async () => {
  const remember = rememberReadings()
  let reads = 0
  const read = async () => (reads += 1)
  expect(await remember('one', FILE, read)).toBe(1)
  expect(await remember('one', FILE, read)).toBe(1)
  expect(await remember('two', FILE, read)).toBe(2)
  expect(await remember('one', { ...FILE, modified: '2' }, read)).toBe(3)
})

test('two who ask at once share one reading', async () => {
  const remember = rememberReadings()
  let reads = 0
  const read = async () => (reads += 1)
  await Promise.all([remember('one', FILE, read), remember('one', FILE, read)])
  expect(reads).toBe(1)
})

test('what was not asked for in a long time is read again', async () => {
  const remember = rememberReadings()
  let reads = 0
  const read = async () => (reads += 1)
  await remember('one', FILE, read)
  for (let i = 0; i < 300; i += 1) await remember('one', { ...FILE, modified: `m${i}` }, read)
  reads = 0
  await remember('one', { ...FILE, modified: 'm299' }, read)
  expect(reads).toBe(0)
  await remember('one', FILE, read)
  expect(reads).toBe(1)
})

test('a reading that went wrong is tried again', async () => {
  const remember = rememberReadings()
  await expect(remember('one', FILE, () => Promise.reject(new Error('gone')))).rejects.toThrow()
  expect(await remember('one', FILE, async () => 'there')).toBe('there')
})
