import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskFolder } from '#workstation/intake/disk-folder.ts'
import { watchFolder, type WatchEvent, type WatchPace } from '#workstation/intake/watch-folder.ts'

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

const settle = { polls: 3, quietMs: 20, patienceMs: 500, pauseMs: 10, longestPauseMs: 50 }
const quick: WatchPace = { pollMs: 5, reconcileMs: { least: 20, most: 50 }, settle }
/** Lists the folder once and then goes by hints alone. */
const hintsOnly: WatchPace = { ...quick, reconcileMs: { least: 1e9, most: 1e9 } }

async function watch(pace: WatchPace): Promise<AsyncGenerator<WatchEvent, void, void>> {
  const { folder } = diskFolder(root)
  const isWhole = async () => 'whole' as const
  return watchFolder({ ...folder, isWhole, known: () => false }, pace, stop.signal)
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
    const { pace } = diskFolder(root)
    expect(pace.settle.quietMs).toBe(1000)
  })

  test('that is not there is watched at the pace of a share', async () => {
    const { pace } = diskFolder(join(root, 'nowhere'))
    expect(pace.settle.quietMs).toBe(30_000)
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
