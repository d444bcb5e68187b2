import { readFileSync } from 'node:fs'
import { appendFile, mkdir, open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { diskFolder } from '#workstation/intake/disk-folder.ts'
import { openEventLog, type LogEntry } from '#workstation/intake/event-log.ts'
import { recordEvents } from '#workstation/intake/record-events.ts'
import { readEventLog, replayEvents } from '#workstation/intake/replay-events.ts'
import type { Wholeness } from '#workstation/intake/settle.ts'
import { watchFolder } from '#workstation/intake/watch-folder.ts'
import { AS_THE_FOLDER_ASKS } from '#workstation/intake/watch-settings.ts'
import { versionText } from '#workstation/intake/watch-state.ts'
import type { WatchedFolder } from '#workstation/intake/watched-folder.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

/** Files in the order in which they are accepted. */
async function accepted(folder: WatchedFolder, stop: AbortController): Promise<string[]> {
  const files: string[] = []
  for await (const event of watchFolder(folder, stop.signal)) {
    if (event.kind !== 'settled') continue
    files.push(...event.files.map(file => `${file.path} ${versionText(file)} ${file.whole}`))
  }
  return files
}

function replayed(entries: readonly LogEntry[]): Promise<string[]> {
  const stop = new AbortController()
  return accepted(
    replayEvents(entries, () => stop.abort()),
    stop,
  )
}

function acceptedIn(entries: readonly LogEntry[]): string[] {
  return entries.flatMap(({ what }) =>
    what.kind === 'settled'
      ? what.files.map(({ path, version, whole }) => `${path} ${version} ${whole}`)
      : [],
  )
}

/** Writes as instruments do: at once, in pieces, with the size reserved, beside the place; and one file twice. */
async function writeScreen(root: string): Promise<void> {
  await mkdir(join(root, 'run'))
  for (let i = 0; i < 12; i += 1) await writeFile(join(root, `run/${i}.tif`), `whole ${i}`)
  const reserved = await open(join(root, 'run/reserved.tif'), 'w')
  await reserved.truncate(1000)
  for (let i = 0; i < 6; i += 1) {
    await appendFile(join(root, 'run/slow.tif'), 'piece ')
    await reserved.write('piece', i * 10)
    await writeFile(join(root, `run/late-${i}.tif`), 'whole')
    await pause(40)
  }
  await reserved.write('whole', 0)
  await reserved.close()
  await appendFile(join(root, 'run/slow.tif'), 'whole')
  await writeFile(join(root, 'run/beside.unfinished'), 'whole')
  await rename(join(root, 'run/beside.unfinished'), join(root, 'run/beside.tif'))
  await pause(300)
  await writeFile(join(root, 'run/0.tif'), 'whole, and imaged again')
}

test('a log of a real folder gives the same files', async () => {
  const root = temporaryFolder()
  const path = join(temporaryFolder(), 'events.jsonl')
  const stop = new AbortController()
  const settle = { polls: 3, quietMs: 120, patienceMs: 5000, pauseMs: 10, longestPauseMs: 50 }
  const { folder } = diskFolder(root, AS_THE_FOLDER_ASKS, question => question())
  const log = valueOf(openEventLog(path))
  const { folder: recorded, note } = recordEvents(
    {
      ...folder,
      pace: () => ({ pollMs: 25, reconcileMs: { least: 200, most: 400 }, settle }),
      isWhole: async (file): Promise<Wholeness> =>
        readFileSync(file.absolute, 'utf8').includes('whole') ? 'whole' : 'partial',
      known: () => false,
      wasFilled: () => false,
      grows: () => false,
    },
    root,
    log,
  )
  const watched: string[] = []
  const watching = (async () => {
    for await (const event of watchFolder(recorded, stop.signal)) {
      note(event)
      if (event.kind !== 'settled') continue
      watched.push(...event.files.map(file => `${file.path} ${versionText(file)} ${file.whole}`))
    }
  })()
  await writeScreen(root)
  await pause(1500)
  stop.abort()
  await watching
  log.close()
  const entries = readEventLog(readFileSync(path, 'utf8'))
  // Twelve files, six late ones, a slow and a reserved one, one that was renamed, and one once more.
  expect(watched.length).toBeGreaterThanOrEqual(22)
  expect(acceptedIn(entries)).toEqual(watched)
  // On a machine too busy to keep the pace, files that rest at nearly the same time may change places.
  expect((await replayed(entries)).sort()).toEqual(watched.toSorted())
})

test('the recorded plate is accepted as it was, in the same order', async () => {
  const text = readFileSync(new URL('../../golden/intake/plate.jsonl', import.meta.url), 'utf8')
  const entries = readEventLog(text)
  const files = acceptedIn(entries)
  expect(files.length).toBeGreaterThan(20)
  expect(await replayed(entries)).toEqual(files)
})

test('a log without its beginning is refused', () => {
  expect(() => replayEvents([], () => {})).toThrow('A log begins')
})
