import { beforeEach, expect, test } from 'vitest'
import { fail, ok, type Fault } from '#core/fault.ts'
import { rememberReadings, type FileAccess } from '#workstation/intake/file-access.ts'

const FILE = { path: 'a', absolute: '/screen/a', bytes: 1, modified: '1' }

/** What stands in the way of a look; null where nothing does. */
let obstacle: Fault | null
let access: FileAccess

beforeEach(() => {
  obstacle = null
  const answer = <T>(value: T) => (obstacle === null ? ok(value) : fail(obstacle))
  access = rememberReadings({
    readStart: async () => answer(Uint8Array.of(1)),
    probeImage: async () => answer({ pages: [] }),
    readDescription: async () => answer('text'),
  })
})

test('a version of a file is read once by each reader', async () => {
  const { remember } = access
  let reads = 0
  const read = async () => (reads += 1)
  expect(await remember('one', FILE, read)).toBe(1)
  expect(await remember('one', FILE, read)).toBe(1)
  expect(await remember('two', FILE, read)).toBe(2)
  expect(await remember('one', { ...FILE, modified: '2' }, read)).toBe(3)
})

test('two who ask at once share one reading', async () => {
  const { remember } = access
  let reads = 0
  const read = async () => (reads += 1)
  await Promise.all([remember('one', FILE, read), remember('one', FILE, read)])
  expect(reads).toBe(1)
})

test('what was not asked for in a long time is read again', async () => {
  const { remember } = access
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
  const { remember } = access
  await expect(remember('one', FILE, () => Promise.reject(new Error('gone')))).rejects.toThrow()
  expect(await remember('one', FILE, async () => 'there')).toBe('there')
})

const HELD: Fault = { kind: 'file-locked', path: '/screen/a', detail: 'EBUSY' }

test.each<Fault>([
  HELD,
  { kind: 'file-not-found', path: '/screen/a' },
  { kind: 'file-changed', path: '/screen/a' },
  { kind: 'folder-offline', path: '/screen', detail: 'ESTALE' },
])('a reading that met what may pass is not kept, whatever it made of it: $kind', async fault => {
  const looks = [
    () => access.readStart('/screen/a', 1),
    () => access.probeImage('/screen/a'),
    () => access.readDescription('/screen/a', 0),
  ]
  for (const [i, look] of looks.entries()) {
    const read = () =>
      access.remember(`${i}`, FILE, async () => ((await look()).ok ? 'read' : 'names'))
    obstacle = fault
    expect(await read()).toBe('names')
    obstacle = null
    expect(await read()).toBe('read')
    obstacle = fault
    expect(await read()).toBe('read')
  }
})

test('a reading that met a fault of the file itself is kept', async () => {
  obstacle = { kind: 'image-corrupt', path: '/screen/a', detail: 'no end' }
  const read = () =>
    access.remember('one', FILE, async () => (await access.probeImage('/screen/a')).ok)
  expect(await read()).toBe(false)
  obstacle = null
  expect(await read()).toBe(false)
})

test('a reading that rests on one that is not kept is not kept either', async () => {
  const inner = () => access.remember('inner', FILE, () => access.readStart('/screen/a', 1))
  const outer = () => access.remember('outer', FILE, async () => (await inner()).ok)
  obstacle = HELD
  expect(await Promise.all([inner(), outer()])).toEqual([fail(HELD), false])
  obstacle = null
  expect(await outer()).toBe(true)
})
