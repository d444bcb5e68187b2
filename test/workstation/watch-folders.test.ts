import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '#core/fault.ts'
import { watchFolders } from '#workstation/watch-folders.ts'
import { openedWorkstation, until, writePlate } from '../support/live-store.ts'
import { temporaryFolder } from '../support/stores.ts'

const SETTINGS = { quietSeconds: 0.5, access: 'auto', doneMarker: null } as const

test('what arrives while the disk of the store is full waits, and is taken up when there is room', async () => {
  const folder = temporaryFolder()
  const plate = join(folder, 'plate')
  await writePlate(plate, { wells: 6, fields: 3 })
  const workstation = openedWorkstation(folder)
  const { db } = workstation.store
  const pages = Number(db.pragma('max_page_count', { simple: true }))
  const stop = new AbortController()
  const news: string[] = []
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`)
  const watching = watchFolders(
    workstation,
    [plate],
    { naming: null, settings: SETTINGS, retryMs: 500 },
    ({ kind }) => news.push(kind),
    stop.signal,
  )
  const judged = () => db.prepare('SELECT count(*) FROM verdict').pluck().get()

  await until('the watch is halted', () => news.includes('halted'))
  // It is tried again and again, and told once.
  const listed = () => news.filter(kind => kind === 'listed').length
  await until('it was tried again', () => listed() >= 3)
  expect(news.filter(kind => kind === 'halted')).toEqual(['halted'])
  expect(judged()).toBeLessThan(36)

  db.pragma(`max_page_count = ${pages}`)
  await until('all are judged', () => judged() === 36)
  expect(news.filter(kind => kind === 'resumed')).toEqual(['resumed'])
  stop.abort()
  expect(await watching).toEqual(ok(undefined))
  expect(judged()).toBe(36)
}, 60_000)
