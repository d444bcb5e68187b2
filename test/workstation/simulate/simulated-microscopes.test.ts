import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Fault } from '#core/fault.ts'
import { createSimulatedMicroscopes } from '#workstation/simulate/simulated-microscopes.ts'
import { write } from '#workstation/store/db.ts'
import { openedWorkstation, until } from '../../support/live-store.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const NOW = new Date('2026-11-21T08:09:10Z')

function microscopes(folder: string) {
  const { store } = openedWorkstation(folder)
  const broken: Fault[] = []
  const made = createSimulatedMicroscopes(
    store,
    () => NOW,
    fault => void broken.push(fault),
  )
  onTestFinished(() => made.close())
  return { store, made, broken, around: join(folder, 'store-simulated') }
}

test('a simulated microscope writes into a new folder beside the store until it is stopped', async () => {
  const { made, around } = microscopes(temporaryFolder())
  expect(made.around).toBe(around)
  const started = made.start()
  const folder = join(around, '2026-11-21T08-09-10')
  expect(started).toEqual({ ok: true, value: folder })
  expect(made.isRunning(folder)).toBe(true)
  await until('an image', () => existsSync(join(folder, 'TimePoint_1')))
  made.stop(folder)
  expect(made.isRunning(folder)).toBe(false)
})

test('one that cannot go on says why, and is no longer running', async () => {
  const { made, broken } = microscopes(temporaryFolder())
  // One that somebody stopped is not told of, though it ends in the meantime and had the same folder.
  made.stop(valueOf(made.start()))
  const folder = valueOf(made.start())
  // It writes only into a folder of its own.
  writeFileSync(join(folder, 'of somebody else'), '')
  await until('told', () => broken.length > 0)
  expect(broken).toEqual([
    {
      kind: 'output-not-writable',
      path: folder,
      detail: expect.stringMatching(/^the simulated microscope ended: DIR is /) as string,
    },
  ])
  expect(made.isRunning(folder)).toBe(false)
})

test('plates that the store knows nothing of are removed, and nothing else is', () => {
  const { store, made, around } = microscopes(temporaryFolder())
  const [known, forgotten] = ['2026-11-19T01-02-03', '2026-11-20T01-02-03'].map(name =>
    join(around, name),
  )
  const stranger = join(around, 'my own plate')
  for (const path of [known!, forgotten!, stranger]) {
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'A01.tif'), '')
  }
  const path = join(known!, 'A01.tif')
  write(store.db, `INSERT INTO file (path, bytes, modified) VALUES (?, 0, '1')`, path)
  expect(made.start().ok).toBe(true)
  expect([known!, forgotten!, stranger].map(folder => existsSync(folder))).toEqual([
    true,
    false,
    true,
  ])
})

test('a place that cannot be written to is a fault', () => {
  const folder = temporaryFolder()
  const { made, around } = microscopes(folder)
  writeFileSync(around, 'a file in its place')
  expect(made.start()).toMatchObject({ ok: false, fault: { kind: 'output-not-writable' } })
})
