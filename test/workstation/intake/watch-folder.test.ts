import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SurveyedFile } from '#workstation/intake/survey-folder.ts'
import { watchFolder, type WatchEvent } from '#workstation/intake/watch-folder.ts'
import type { SettledFile, WatchPace } from '#workstation/intake/watched-folder.ts'
import {
  paperDisk,
  type Happening,
  type PaperError,
  type PaperFile,
} from '../../support/paper-disk.ts'

const pace: WatchPace = {
  pollMs: 100,
  reconcileMs: { least: 2000, most: 8000 },
  settle: { polls: 3, quietMs: 500, patienceMs: 60_000, pauseMs: 200, longestPauseMs: 1000 },
}

interface Session {
  readonly script: readonly Happening[]
  readonly end: number
  readonly readingMs?: number
  readonly errors?: readonly PaperError[]
  readonly doneMarker?: string
  readonly known?: (file: SurveyedFile) => boolean
  readonly wasFilled?: () => boolean
  readonly onLook?: () => void
}

async function watch({ known = () => false, wasFilled = () => false, ...session }: Session) {
  const stop = new AbortController()
  const paper = paperDisk({ pace, ...session, atEnd: () => stop.abort() })
  const look = (path: string) => {
    session.onLook?.()
    return paper.look(path)
  }
  const disk = { ...paper, look }
  const events: (WatchEvent & { readonly at: number })[] = []
  for await (const event of watchFolder({ ...disk, known, wasFilled }, stop.signal)) {
    events.push({ ...event, at: disk.clock.now() })
  }
  const settled = events.flatMap(event => (event.kind === 'settled' ? event.files : []))
  return { disk, events, settled }
}

const versionOf = ({ path, bytes, modified }: Omit<SurveyedFile, 'absolute'>) =>
  `${path} ${bytes} ${modified}`

const whole = (bytes: number, modified: number): PaperFile => ({
  bytes,
  modified: String(modified),
  wholeness: 'whole',
})
const partial = (bytes: number, modified: number): PaperFile => ({
  ...whole(bytes, modified),
  wholeness: 'partial',
})

describe('a watched folder', () => {
  test('reports what was there before, once it is sure of it', async () => {
    const script = [{ at: 0, path: 'a.tif', file: whole(9, 0) }]
    const { settled, events } = await watch({ script, end: 20_000 })
    expect(settled).toEqual([
      { path: 'a.tif', absolute: '/share/a.tif', bytes: 9, modified: '0', whole: true },
    ])
    expect(events.find(({ kind }) => kind === 'settled')!.at).toBe(500)
  })

  test('sees a file at once by a hint, and soon without one', async () => {
    const written: Happening = { at: 3100, path: 'a.tif', file: whole(9, 0) }
    const settledAt = async (script: readonly Happening[]) => {
      const { events } = await watch({ script, end: 20_000 })
      return events.find(({ kind }) => kind === 'settled')!.at
    }
    expect(await settledAt([written, { at: 3100, hint: 'a.tif' }])).toBe(3600)
    expect(await settledAt([written])).toBe(4500)
  })

  test('waits for a writer that pauses, even one that reserved the whole size', async () => {
    const script = [
      { at: 0, path: 'a.tif', file: partial(100, 0) },
      { at: 5000, path: 'a.tif', file: partial(100, 5) },
      { at: 9000, path: 'a.tif', file: whole(100, 9) },
    ]
    const { settled } = await watch({ script, end: 30_000 })
    expect(settled.map(versionOf)).toEqual(['a.tif 100 9'])
  })

  test('does not take a file that changes while it is looked into', async () => {
    const script = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 550, path: 'a.tif', file: partial(20, 5) },
      { at: 5000, path: 'a.tif', file: whole(20, 9) },
    ]
    const { settled } = await watch({ script, end: 30_000, readingMs: 100 })
    expect(settled.map(versionOf)).toEqual(['a.tif 20 9'])
  })

  test('gives up on a file that stays cut short, and says that it is not whole', async () => {
    const script = [{ at: 0, path: 'a.tif', file: partial(50, 0) }]
    const { settled, events } = await watch({ script, end: 70_000 })
    expect(settled).toMatchObject([{ path: 'a.tif', whole: false }])
    expect(events.find(({ kind }) => kind === 'settled')!.at).toBeGreaterThanOrEqual(60_000)
  })

  test('names the files that another program holds, and takes them when it lets go', async () => {
    const held: PaperFile = { ...whole(9, 0), wholeness: 'locked' }
    const script = [
      { at: 0, path: 'a.tif', file: held },
      { at: 100_000, path: 'a.tif', file: { ...held, wholeness: 'whole' } as const },
    ]
    const { events, settled } = await watch({ script, end: 110_000 })
    const listings = events.filter(event => event.kind === 'reconciled')
    expect(listings.find(({ at }) => at > 90_000)).toMatchObject({ waiting: 1, locked: ['a.tif'] })
    expect(listings.at(-1)).toMatchObject({ waiting: 0, locked: [] })
    expect(settled.map(versionOf)).toEqual(['a.tif 9 0'])
  })

  test('reports a file that is written again as another version', async () => {
    const script = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 9000, path: 'a.tif', file: whole(9, 9) },
    ]
    const { settled } = await watch({ script, end: 30_000 })
    expect(settled.map(versionOf)).toEqual(['a.tif 9 0', 'a.tif 9 9'])
  })

  test('is offline while the share is away, and goes on where it was', async () => {
    const script = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 0, path: 'slow.tif', file: partial(1, 0) },
      { at: 5000, online: false },
      { at: 6000, path: 'b.tif', file: whole(9, 6) },
      { at: 6000, path: 'slow.tif', file: whole(9, 6) },
      { at: 15_000, online: true },
    ]
    const { events, settled } = await watch({ script, end: 40_000 })
    const kinds = events.map(({ kind }) => kind).filter(kind => kind !== 'reconciled')
    expect(kinds).toEqual(['settled', 'offline', 'online', 'settled'])
    expect(events.find(({ kind }) => kind === 'offline')).toMatchObject({
      fault: { kind: 'folder-offline', path: '/share', detail: 'EIO' },
    })
    expect(settled.map(versionOf)).toEqual(['a.tif 9 0', 'b.tif 9 6', 'slow.tif 9 6'])
  })

  test('may be away at the start', async () => {
    const script = [
      { at: 0, online: false },
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 9000, online: true },
    ]
    const { events } = await watch({ script, end: 20_000 })
    expect(events.map(({ kind }) => kind).slice(0, 4)).toEqual([
      'offline',
      'online',
      'reconciled',
      'settled',
    ])
  })

  test('is silent about a file that disappears', async () => {
    const script = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 100, path: 'fleeting.tif', file: whole(9, 0) },
      { at: 100, hint: 'fleeting.tif' },
      { at: 300, path: 'fleeting.tif', file: null },
      { at: 0, path: 'b.tif', file: whole(9, 0) },
      { at: 9000, path: 'a.tif', file: null },
    ]
    const { events, settled } = await watch({ script, end: 20_000 })
    expect(settled.map(({ path }) => path)).toEqual(['a.tif', 'b.tif'])
    expect(events.at(-1)).toMatchObject({ kind: 'reconciled', files: 1, waiting: 0 })
  })

  test('lists the folder instead of following a flood of hints', async () => {
    const flood = Array.from({ length: 10_001 }, (_, k) => ({ at: 3050, hint: `${k}.tif` }))
    const script = [{ at: 3050, path: 'a.tif', file: whole(9, 3) }, ...flood]
    const { events } = await watch({ script, end: 20_000 })
    expect(events.filter(({ kind }) => kind === 'reconciled').map(({ at }) => at)).toContain(3100)
    expect(events.find(({ kind }) => kind === 'settled')!.at).toBe(3600)
  })

  test('leaves alone what an earlier session accepted', async () => {
    const script = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 0, path: 'b.tif', file: whole(9, 0) },
    ]
    const { settled } = await watch({ script, end: 20_000, known: ({ path }) => path === 'a.tif' })
    expect(settled.map(({ path }) => path)).toEqual(['b.tif'])
  })

  test('is offline while only its mount point is there, and takes nothing from it', async () => {
    const script: readonly Happening[] = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 5000, online: false, leaves: [] },
      { at: 15_000, online: true },
      { at: 20_000, online: false, leaves: ['mounted-here.txt'] },
      { at: 30_000, online: true },
    ]
    const { events, settled } = await watch({ script, end: 40_000 })
    const kinds = events.map(({ kind }) => kind).filter(kind => kind !== 'reconciled')
    expect(kinds).toEqual(['settled', 'offline', 'online', 'offline', 'online'])
    const details = events.flatMap(event => (event.kind === 'offline' ? [event.fault] : []))
    expect(details).toEqual([
      { kind: 'folder-offline', path: '/share', detail: 'it is empty; it held images before' },
      {
        kind: 'folder-offline',
        path: '/share',
        detail: 'another disk is there, without the images that it held before',
      },
    ])
    expect(settled.map(versionOf)).toEqual(['a.tif 9 0'])
  })

  test('is offline from the start where an earlier session found files and none are there', async () => {
    const script = [{ at: 9000, path: 'a.tif', file: whole(9, 9) }]
    const { events } = await watch({ script, end: 20_000, wasFilled: () => true })
    expect(events.map(({ kind }) => kind).slice(0, 4)).toEqual([
      'offline',
      'online',
      'reconciled',
      'settled',
    ])
    const fresh = await watch({ script, end: 8000 })
    expect(fresh.events.every(({ kind }) => kind === 'reconciled')).toBe(true)
  })

  test('takes images that come to another disk in its place', async () => {
    const script: readonly Happening[] = [
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 5000, online: false, leaves: ['b.tif'] },
    ]
    const { events, settled } = await watch({ script, end: 20_000 })
    expect(events.some(({ kind }) => kind === 'offline')).toBe(false)
    expect(settled.map(({ path }) => path)).toEqual(['a.tif', 'b.tif'])
  })

  test('keeps files that cannot be reached for a while, and asks for them ever more rarely', async () => {
    const script = [{ at: 0, path: 'run/a.tif', file: whole(9, 0) }]
    const error = { path: 'run', of: 'stat', code: 'ESTALE' } as const
    const errors = [{ ...error, at: 200, until: 30_000 }]
    let looks = 0
    const { settled, events } = await watch({
      script,
      errors,
      end: 40_000,
      onLook: () => (looks += 1),
    })
    expect(settled.map(versionOf)).toEqual(['run/a.tif 9 0'])
    expect(looks).toBeLessThan(60)
    expect(events.some(({ kind }) => kind === 'offline')).toBe(false)
  })

  test('waits for done markers, however long a file is quiet, and for no index', async () => {
    const script: readonly Happening[] = [
      { at: 0, path: 'P.HTD', file: whole(5, 0) },
      { at: 0, path: 'P_A01_w1.tif', file: whole(9, 0) },
      { at: 0, path: 'P_A01_w2.tif', file: whole(9, 0) },
      { at: 20_000, path: 'P_A01_w1.tif.done', file: whole(0, 20) },
      { at: 30_000, path: 'P_A01_w2.done', file: whole(0, 30) },
    ]
    const { settled, events } = await watch({ script, end: 60_000, doneMarker: '*.done' })
    expect(settled.map(({ path }) => path)).toEqual(['P.HTD', 'P_A01_w1.tif', 'P_A01_w2.tif'])
    const waiting = events.filter(event => event.kind === 'reconciled')
    expect(waiting.findLast(({ at }) => at < 20_000)).toMatchObject({
      unmarked: { length: 2 },
      waiting: 2,
    })
    expect(waiting.at(-1)).toMatchObject({ unmarked: [], waiting: 0 })
  })

  test('takes a marked image at once, and still only when it is whole', async () => {
    const script: readonly Happening[] = [
      { at: 0, path: 'a.done', file: whole(0, 0) },
      { at: 0, path: 'a.tif', file: whole(9, 0) },
      { at: 0, path: 'b.done', file: whole(0, 0) },
      { at: 0, path: 'b.tif', file: partial(9, 0) },
      { at: 3000, path: 'b.tif', file: whole(20, 3) },
    ]
    const { settled, events } = await watch({ script, end: 20_000, doneMarker: '*.done' })
    expect(events.find(({ kind }) => kind === 'settled')!.at).toBe(0)
    expect(settled.map(versionOf)).toEqual(['a.tif 9 0', 'b.tif 20 3'])
  })

  test('takes a marker without an image for the whole folder, once it has rested', async () => {
    const script: readonly Happening[] = [
      { at: 0, path: 'run/t1/a.tif', file: whole(9, 0) },
      { at: 0, path: 'other/a.tif', file: whole(9, 0) },
      { at: 9000, path: 'run/finished.txt', file: whole(0, 9) },
    ]
    const { settled, events } = await watch({ script, end: 40_000, doneMarker: 'finished.txt' })
    expect(settled.map(({ path }) => path)).toEqual(['run/t1/a.tif'])
    expect(events.at(-1)).toMatchObject({ kind: 'reconciled', unmarked: { length: 1 } })
  })

  test('hands on an index that never rests: soon, then every ten seconds, and the last for sure', async () => {
    const lines = Array.from({ length: 150 }, (_, line) => ({
      at: 200 * line,
      path: 'run.log',
      file: whole(line + 1, line),
    }))
    const { events, settled } = await watch({ script: lines, end: 60_000 })
    const at = events.filter(({ kind }) => kind === 'settled').map(event => event.at)
    expect(at[0]).toBeLessThanOrEqual(2100)
    for (let i = 1; i < at.length; i += 1) {
      expect(at[i]! - at[i - 1]!).toBeGreaterThanOrEqual(10_000)
      expect(at[i]! - at[i - 1]!).toBeLessThanOrEqual(13_000)
    }
    expect(settled.map(versionOf).at(-1)).toBe('run.log 150 149')
    expect(new Set(settled.map(versionOf)).size).toBe(settled.length)
  })

  test('hands on an index that rests after one look', async () => {
    const script = [{ at: 0, path: 'run.log', file: whole(7, 0) }]
    const { events } = await watch({ script, end: 20_000 })
    expect(events.find(({ kind }) => kind === 'settled')!.at).toBeLessThanOrEqual(100)
  })
})

/** What a writer does, and which versions of its files it had not finished. */
interface Written {
  readonly script: readonly Happening[]
  readonly unfinished: readonly string[]
}

/** A file that is written in pieces, one after another with pauses between. */
interface Writing {
  readonly path: string
  /** Tells this writer from others by the sizes of its files. */
  readonly writer: number
  readonly start: number
  readonly pauses: readonly number[]
  readonly reserved: boolean
  /** Whether the structure of the file says that it is cut short. */
  readonly tells: boolean
}

function write({
  path,
  writer,
  start,
  pauses,
  reserved,
  tells,
}: Writing): Written & { end: number } {
  const times = pauses.reduce((all, pause) => [...all, all.at(-1)! + pause], [start])
  const versions = times.map((at, piece) => {
    const bytes = 1000 * writer + (reserved ? times.length : piece + 1)
    const isLast = piece === times.length - 1
    return { at, path, file: isLast || !tells ? whole(bytes, at) : partial(bytes, at) }
  })
  const unfinished = versions.slice(0, -1).map(({ file }) => `${file.bytes} ${file.modified}`)
  return { script: versions, unfinished, end: times.at(-1)! }
}

const LONGEST_PAUSE = 9000

/**
 * Writers of all kinds: with structure and long pauses or without and short ones, with the whole size reserved, beside
 * the place and renamed into it, in place once more, in a folder that is renamed.
 */
const writer = (index: number) =>
  fc
    .record({
      start: fc.integer({ min: 0, max: 20_000 }),
      tells: fc.boolean(),
      pauses: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
      reserved: fc.boolean(),
      renamed: fc.constantFrom('not', 'file', 'folder'),
      renamedAfter: fc.integer({ min: 1, max: 4000 }),
      again: fc.option(fc.integer({ min: 1, max: 20_000 })),
    })
    .map(({ start, tells, pauses, reserved, renamed, renamedAfter, again }): Written => {
      const path = `run${index}/${index}.tif`
      const [at, to] = {
        not: [path, path],
        file: [`run${index}/${index}.writing`, path],
        folder: [path, `done${index}/${index}.tif`],
      }[renamed] as [string, string]
      // Where the structure does not tell, time must: no writer pauses for longer than a file is to rest.
      const longest = tells ? LONGEST_PAUSE : pace.settle.quietMs - 1
      const lengths = pauses.map(share => 1 + Math.floor(share * (longest - 1)))
      const writing = { writer: index + 1, reserved, tells }
      const first = write({ ...writing, path: at, start, pauses: lengths })
      const script = [...first.script]
      if (renamed === 'file') script.push({ at: first.end + renamedAfter, rename: at, to })
      if (renamed === 'folder') {
        script.push({ at: first.end + renamedAfter, rename: `run${index}`, to: `done${index}` })
      }
      if (again === null) return { script, unfinished: first.unfinished }
      const afterwards = first.end + renamedAfter + again
      const second = write({ ...writing, path: to, start: afterwards, pauses: lengths })
      return {
        script: [...script, ...second.script],
        unfinished: [...first.unfinished, ...second.unfinished],
      }
    })

const writers = fc
  .integer({ min: 0, max: 6 })
  .chain(count => fc.tuple(...Array.from({ length: count }, (_, index) => writer(index))))
  .map(all => ({
    script: all.flatMap(({ script }) => script),
    unfinished: all.flatMap(({ unfinished }) => unfinished),
  }))

const PATHS = Array.from({ length: 4 }, (_, index) => [
  `run${index}/${index}.tif`,
  `run${index}/${index}.writing`,
  `done${index}/${index}.tif`,
]).flat()
/** Latest time at which anything goes wrong. */
const CALM_FROM = 110_000

/** Hints that need not have to do with anything: lost, doubled, in any order. */
const hints = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: CALM_FROM }),
    hint: fc.constantFrom(...PATHS, 'nothing.tif'),
  }),
  { maxLength: 40 },
)

const outages = fc.array(
  fc
    .record({
      at: fc.integer({ min: 0, max: 60_000 }),
      length: fc.integer({ min: 1, max: 12_000 }),
      leaves: fc.constantFrom(undefined, [], ['left.txt']),
    })
    .map(({ at, length, leaves }): readonly Happening[] => [
      { at, online: false, ...(leaves && { leaves }) },
      { at: at + length, online: true },
    ]),
  { maxLength: 2 },
)

const errors = fc.array(
  fc
    .record({
      at: fc.integer({ min: 0, max: 80_000 }),
      length: fc.integer({ min: 1, max: 20_000 }),
      path: fc.constantFrom(...PATHS, 'run0', 'run1', 'done0'),
      of: fc.constantFrom('stat' as const, 'open' as const),
      code: fc.constantFrom(
        ...(['ENOENT', 'EBUSY', 'EPERM', 'EACCES', 'EIO', 'ESTALE', 'ENOTCONN'] as const),
      ),
    })
    .map(({ length, ...error }): PaperError => ({ ...error, until: error.at + length })),
  { maxLength: 5 },
)

const restarts = fc
  .array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 3 })
  .map(times => times.toSorted((a, b) => a - b))

test('every file is accepted once a version and none before it is finished, whatever happens', async () => {
  const property = fc.asyncProperty(
    writers,
    hints,
    outages,
    errors,
    restarts,
    async ({ script: written, unfinished }, hinted, away, failing, restartsAt) => {
      const first: Happening = { at: 0, path: 'first.tif', file: whole(7, 0) }
      // Outages may overlap; the share is there in the end.
      const back: Happening = { at: CALM_FROM, online: true }
      const script = [first, ...written, ...hinted, ...away.flat(), back]
      const accepted: SettledFile[] = []
      let files: ReadonlyMap<string, PaperFile> = new Map()
      let begun = 0
      for (const end of [...restartsAt, CALM_FROM + 40_000]) {
        // A session starts with the disk as the one before has left it.
        const from = begun
        const later = <T extends { readonly at: number }>(what: T) => ({
          ...what,
          at: Math.max(0, what.at - from),
        })
        const before = new Set(accepted.map(versionOf))
        const { disk, settled } = await watch({
          script: script.map(later),
          errors: failing.map(error => ({ ...later(error), until: error.until - from })),
          end: end - from,
          readingMs: 70,
          known: file => before.has(versionOf(file)),
          wasFilled: () => before.size > 0,
        })
        accepted.push(...settled)
        files = disk.files
        begun = end
      }
      const versions = accepted.map(versionOf)
      expect(new Set(versions).size).toBe(versions.length)
      expect(accepted.filter(file => !file.whole)).toEqual([])
      const early = accepted.filter(({ bytes, modified }) =>
        unfinished.includes(`${bytes} ${modified}`),
      )
      expect(early).toEqual([])
      for (const [path, file] of files) expect(versions).toContain(versionOf({ path, ...file }))
    },
  )
  await fc.assert(property, { numRuns: 400 })
})
