import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulatedMicroscopes } from '#workstation/simulate/simulated-microscopes.ts'
import { write } from '#workstation/store/db.ts'
import { openedWorkstation, until } from '../../support/live-store.ts'
import { temporaryFolder } from '../../support/stores.ts'

const NOW = new Date('2026-11-21T08:09:10Z')

function microscopes(folder: string) {
  const { store } = openedWorkstation(folder)
  const made = createSimulatedMicroscopes(store, () => NOW)
  onTestFinished(() => made.close())
  return { store, made, around: join(folder, 'store-simulated') }
}

test('a simulated microscope writes into a new folder beside the store until it is stopped', async () => {
  const { made, around } = microscopes(temporaryFolder())
  const started = made.start()
  const folder = join(around, '2026-11-21T08-09-10')
  expect(started).toEqual({ ok: true, value: folder })
  expect(made.isRunning(folder)).toBe(true)
  await until('an image', () => existsSync(join(folder, 'TimePoint_1')))
  made.stop(folder)
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
