import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskFolder } from '#workstation/intake/disk-folder.ts'
import { askInTime, type Ask } from '#workstation/intake/ask-in-time.ts'
import { watchFolder, type WatchEvent } from '#workstation/intake/watch-folder.ts'
import { AS_THE_FOLDER_ASKS, type WatchSettings } from '#workstation/intake/watch-settings.ts'
import type { WatchPace } from '#workstation/intake/watched-folder.ts'

let root: string
let stop: AbortController

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'watched-')))
  stop = new AbortController()
})

afterEach(async () => {
  stop.abort()
  await rm(root, { recursive: true, force: true })
})

const patient: Ask = question => question()
const settle = { polls: 3, quietMs: 20, patienceMs: 500, pauseMs: 10, longestPauseMs: 50 }
const quick: WatchPace = { pollMs: 5, reconcileMs: { least: 20, most: 50 }, settle }
/** Lists the folder once and then goes by hints alone. */
const hintsOnly: WatchPace = { ...quick, reconcileMs: { least: 1e9, most: 1e9 } }

async function watch(pace: WatchPace): Promise<AsyncGenerator<WatchEvent, void, void>> {
  const { folder } = diskFolder(root, AS_THE_FOLDER_ASKS, patient)
  const isWhole = async () => 'whole' as const
  const own = { isWhole, known: () => false, wasFilled: () => false, grows: () => false }
  return watchFolder({ ...folder, ...own, pace: () => pace }, stop.signal)
}

/** The pace of a folder once it was listed. */
async function paceOf(path: string, settings: Partial<WatchSettings> = {}): Promise<WatchPace> {
  const { folder } = diskFolder(path, { ...AS_THE_FOLDER_ASKS, ...settings }, patient)
  await folder.survey(stop.signal)
  return folder.pace()
}

async function next(events: AsyncGenerator<WatchEvent, void, void>, kind: WatchEvent['kind']) {
  for (;;) {
    const { value } = await events.next()
    if (value === undefined) throw new Error('the watch ended')
    if (value.kind === kind) return value
  }
}

describe('a folder of this machine', () => {
  test('is watched at the pace of a local disk', async () => {
    expect((await paceOf(root)).settle.quietMs).toBe(1000)
  })

  test('that is not there is watched at the pace of a share', async () => {
    expect((await paceOf(join(root, 'nowhere'))).settle.quietMs).toBe(30_000)
  })

  test('is watched as calmly as somebody wants', async () => {
    const { pollMs, settle } = await paceOf(root, { quietSeconds: 0.5 })
    expect(settle).toMatchObject({ quietMs: 500, patienceMs: 20_000 })
    expect(settle.polls * pollMs).toBeLessThanOrEqual(500)
    expect((await paceOf(root, { quietSeconds: 60 })).settle).toMatchObject({
      quietMs: 60_000,
      patienceMs: 60_000,
    })
  })

  test('gives no hints where it is to be polled', async () => {
    const { folder } = diskFolder(root, { ...AS_THE_FOLDER_ASKS, access: 'polling' }, patient)
    await folder.survey(stop.signal)
    let hints = 0
    const end = folder.hint(() => (hints += 1))
    await new Promise(done => setTimeout(done, 300))
    await writeFile(join(root, 'a.tif'), 'x')
    await new Promise(done => setTimeout(done, 300))
    await end()
    expect(hints).toBe(0)
  })

  test('says which folder it is, and that another was put in its place', async () => {
    const { folder, diskNow } = diskFolder(root, AS_THE_FOLDER_ASKS, patient)
    const { disk, faults } = await folder.survey(stop.signal)
    expect(faults).toEqual([])
    expect(disk).toBe(await diskNow())
    await rename(root, `${root}-away`)
    expect(await diskNow()).toBeNull()
    await mkdir(root)
    expect(await diskNow()).not.toBe(disk)
    await rm(`${root}-away`, { recursive: true })
  })

  test('that does not answer is offline, and so is all that is in it', async () => {
    await writeFile(join(root, 'a.tif'), 'x')
    const ask = askInTime(30, stop.signal)
    const hung = Promise.withResolvers<void>()
    await ask(() => hung.promise).catch(() => undefined)
    const { folder } = diskFolder(root, AS_THE_FOLDER_ASKS, ask)
    const { faults } = await folder.survey(stop.signal)
    expect(faults).toMatchObject([{ kind: 'folder-offline', path: root }])
    expect(await folder.look('a.tif')).toBe('unreachable')
    hung.resolve()
    await hung.promise
    expect((await folder.survey(stop.signal)).files).toMatchObject([{ path: 'a.tif' }])
  })

  test('reports what is in it and what comes, with its own paths', async () => {
    await writeFile(join(root, 'before.tif'), 'x')
    const events = await watch(quick)
    expect(await next(events, 'settled')).toMatchObject({ files: [{ path: 'before.tif' }] })
    await mkdir(join(root, 'ZStep_1'))
    await writeFile(join(root, 'ZStep_1/after.tif'), 'xy')
    expect(await next(events, 'settled')).toMatchObject({
      files: [{ path: 'ZStep_1/after.tif', absolute: join(root, 'ZStep_1/after.tif'), bytes: 2 }],
    })
  })

  test('hints at a file that a program renames into place', async () => {
    const events = await watch(hintsOnly)
    await next(events, 'reconciled')
    const files = next(events, 'settled')
    // Until the watcher of the operating system is up, hints may be lost: write until one arrives.
    for (let round = 0; !stop.signal.aborted; round += 1) {
      await writeFile(join(root, 'a.tif.part'), 'x'.repeat(round))
      await rename(join(root, 'a.tif.part'), join(root, 'a.tif'))
      const seen = await Promise.race([files, new Promise(done => setTimeout(done, 300))])
      if (seen !== undefined) break
    }
    expect(await files).toMatchObject({ files: [{ path: 'a.tif' }] })
  })

  test('goes offline when it is moved away, and comes back', async () => {
    await writeFile(join(root, 'a.tif'), 'x')
    const events = await watch(quick)
    await next(events, 'settled')
    await rename(root, `${root}-away`)
    expect(await next(events, 'offline')).toMatchObject({
      fault: { kind: 'folder-not-found', path: root },
    })
    await rename(`${root}-away`, root)
    await next(events, 'online')
    await writeFile(join(root, 'b.tif'), 'x')
    expect(await next(events, 'settled')).toMatchObject({ files: [{ path: 'b.tif' }] })
  })

  test('ends quietly when it is told to', async () => {
    const events = await watch(quick)
    await next(events, 'reconciled')
    stop.abort()
    for await (const event of events) expect(event.kind).toBe('reconciled')
  })
})
