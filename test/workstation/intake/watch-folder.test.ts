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
}

async function watch({ known = () => false, wasFilled = () => false, ...session }: Session) {
  const stop = new AbortController()
  const disk = paperDisk({ pace, ...session, atEnd: () => stop.abort() })
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
})

/** A file that grows in pieces with pauses of any length, is whole with the last, and may be imaged again. */
const writer = (index: number) =>
  fc
    .record({
      start: fc.integer({ min: 0, max: 20_000 }),
      pauses: fc.array(fc.integer({ min: 1, max: 9000 }), { maxLength: 4 }),
      reserved: fc.boolean(),
      again: fc.option(fc.integer({ min: 1, max: 20_000 })),
    })
    .map(({ start, pauses, reserved, again }): readonly Happening[] => {
      const path = `${index}.tif`
      const times = pauses.reduce((all, pause) => [...all, all.at(-1)! + pause], [start])
      const pieces = times.map((at, piece) => {
        const bytes = reserved ? times.length : piece + 1
        const last = piece === times.length - 1
        return { at, path, file: last ? whole(bytes, at) : partial(bytes, at) }
      })
      if (again === null) return pieces
      const at = times.at(-1)! + again
      return [...pieces, { at, path, file: whole(times.length, at) }]
    })

const writers = fc
  .integer({ min: 0, max: 8 })
  .chain(count => fc.tuple(...Array.from({ length: count }, (_, index) => writer(index))))
  .map(all => all.flat())

/** Hints that need not have to do with anything. */
const hints = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 70_000 }),
    hint: fc.constantFrom('0.tif', '1.tif', '2.tif', '5.tif', 'nothing.tif'),
  }),
  { maxLength: 40 },
)

const outages = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 8000 }))
    .map(([at, length]): readonly Happening[] => [
      { at, online: false },
      { at: at + length, online: true },
    ]),
  { maxLength: 2 },
)

test('every file is accepted once a version, whatever hints, pauses, outages and restarts there are', async () => {
  const restart = fc.option(fc.integer({ min: 0, max: 60_000 }))
  const property = fc.asyncProperty(
    writers,
    hints,
    outages,
    restart,
    async (written, hinted, away, restartAt) => {
      // Outages may overlap; the share is there in the end.
      const back: Happening = { at: 71_000, online: true }
      const script = [...written, ...hinted, ...away.flat(), back]
      const accepted: SettledFile[] = []
      const known = (file: SurveyedFile) =>
        accepted.some(before => versionOf(before) === versionOf(file))
      if (restartAt !== null) {
        accepted.push(...(await watch({ script, end: restartAt, readingMs: 70 })).settled)
      }
      const before = new Set(accepted.map(versionOf))
      // The second session starts with the disk as the first has left it.
      const later = script.map(what => ({ ...what, at: Math.max(0, what.at - (restartAt ?? 0)) }))
      const { disk, settled } = await watch({
        script: later,
        end: 100_000,
        readingMs: 70,
        known: file => before.has(versionOf(file)) && known(file),
      })
      accepted.push(...settled)

      const versions = accepted.map(versionOf)
      expect(new Set(versions).size).toBe(versions.length)
      expect(accepted.every(file => file.whole)).toBe(true)
      const wholeOnes = written.flatMap(what =>
        'file' in what && what.file?.wholeness === 'whole'
          ? [versionOf({ path: what.path, ...what.file })]
          : [],
      )
      for (const version of versions) expect(wholeOnes).toContain(version)
      const final = [...disk.files].map(([path, file]) => versionOf({ path, ...file }))
      for (const version of final) expect(versions).toContain(version)
    },
  )
  await fc.assert(property, { numRuns: 300 })
})
