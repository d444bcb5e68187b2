import { join, resolve } from 'node:path'
import { channel } from 'node:diagnostics_channel'
import { setImmediate as breathe } from 'node:timers/promises'
import type { AcquisitionId, FieldId } from '#core/brand.ts'
import { ok, type Fault, type Result } from '#core/fault.ts'
import { enterAcquisitions } from './enter-acquisitions.ts'
import type { Acquisition } from './intake/acquisition.ts'
import { accessInTime, accessWhileThere, FolderAway } from './intake/access-while-there.ts'
import { askInTime } from './intake/ask-in-time.ts'
import { diskFolder } from './intake/disk-folder.ts'
import { diskLooks } from './intake/disk.ts'
import { rememberReadings } from './intake/file-access.ts'
import { followArrivals, type ArrivalReader, type Arrivals } from './intake/follow-arrivals.ts'
import { isGrowingIndex } from './intake/growing-indexes.ts'
import type { EnteredRun } from './intake/register-acquisition.ts'
import type { EventLog } from './intake/event-log.ts'
import { recordEvents } from './intake/record-events.ts'
import { copyByName, copyInRun, recogniseCopies, type FileCopy } from './intake/recognise-copies.ts'
import type { SurveyedFile } from './intake/survey-folder.ts'
import { holdForIndex } from './intake/hold-for-index.ts'
import { watchFolder, type WatchEvent } from './intake/watch-folder.ts'
import type { WatchSettings } from './intake/watch-settings.ts'
import { hasImageName } from './intake/name-pattern.ts'
import { wholeImage } from './intake/whole-image.ts'
import { fileIsKnown, type FieldRow } from './store/fields.ts'
import { holdsFilesBelow } from './store/files.ts'
import { createToldOnce } from './told-once.ts'
import type { WorkList } from './work-list.ts'
import type { Workstation } from './workstation.ts'

/** What there is to tell of one folder that is watched. */
export type RootNews =
  | { readonly kind: 'offline'; readonly root: string; readonly fault: Fault }
  | { readonly kind: 'online'; readonly root: string }
  /** The folder was listed once more, and holds so many files. */
  | {
      readonly kind: 'listed'
      readonly root: string
      readonly files: number
      /** Files that have not settled. */
      readonly waiting: number
      /** Those of them that wait for a done marker. */
      readonly unmarked: readonly string[]
    }
  /** Files settled, or were known from an earlier session. */
  | {
      readonly kind: 'arrived'
      readonly root: string
      /** How many of them settled just now, and how many there are by now. */
      readonly settled: number
      readonly files: number
      readonly runs: readonly EnteredRun[]
    }
  | { readonly kind: 'fault'; readonly root: string; readonly fault: Fault }
  | { readonly kind: 'unmatched'; readonly root: string; readonly path: string }
  /** A file has the same bytes as another one that holds the same plane, and is left out. Absolute paths. */
  | ({ readonly kind: 'copy'; readonly root: string } & FileCopy)

export interface RootOrder {
  readonly root: string
  /** As somebody chose it for this folder; the recipe's where nobody did. */
  readonly naming: string | null
  readonly settings: WatchSettings
  /** Where it is written down what was seen and decided; left out where nobody wants to know. */
  readonly events?: EventLog
  readonly tell: (news: RootNews) => void
  readonly signal: AbortSignal
}

/** Here those who measure can hear of files at the moment at which they settled. */
const SETTLED = channel('parfocal.settled')

/** After so long without a new file what is unfinished is analysed with what it has. */
const QUIET_MS = 15_000
/** A share whose server is gone answers nothing, not even that it is gone. */
const ANSWER_WITHIN_MS = 60_000
/** Entered in one transaction. */
const PLANES_AT_ONCE = 200
/** So many news are remembered, so that they are told once. */
const MOST_TOLD = 10_000
/** Of what could not be looked at in one listing, so much is told. */
const MOST_FAULTS_OF_LISTING = 200

/** Enters what settles in a folder, and puts it on the work list, until `signal` is aborted. */
export async function watchRoot(
  workstation: Workstation,
  work: WorkList,
  { root, naming, settings, events, tell, signal }: RootOrder,
): Promise<Result<void>> {
  const ask = askInTime(ANSWER_WITHIN_MS, signal)
  const { folder, diskNow } = diskFolder(root, settings, ask)
  const access = rememberReadings(accessWhileThere(diskLooks, ask, isAway))
  const held = holdForIndex(folder.clock.now)
  const runs = new Set<AcquisitionId>()
  const isNews = createToldOnce(MOST_TOLD)
  let reader: ArrivalReader | null = null
  let arrivedAt = folder.clock.now()
  let calm = false
  let offline = false
  /** Which folder it was when it was last listed. */
  let listed: string | null = null

  async function isAway(): Promise<boolean> {
    return offline || (await diskNow()) !== listed
  }

  function isKnown(file: SurveyedFile): boolean {
    const before = fileIsKnown(workstation.store.db, { ...file, path: file.absolute })
    if (before) held.add([file], false)
    else held.seen(file)
    return before
  }

  function tellOnce(news: RootNews): void {
    if (isNews(news)) tell(news)
  }

  /** A fault is told once; one about a file with the same bytes as its rival is none. */
  async function tellClaim(fault: Fault): Promise<void> {
    if (!isNews(fault)) return
    const copy = fault.kind === 'plane-claimed-twice' ? await copyInRun(fault, ask) : null
    if (copy === null) tellOnce({ kind: 'fault', root, fault })
    else tellOnce({ kind: 'copy', root, ...copy })
  }

  async function tellUnmatched(path: string): Promise<void> {
    const copy = await copyByName(join(resolve(root), path), ask)
    tellOnce(copy === null ? { kind: 'unmatched', root, path } : { kind: 'copy', root, ...copy })
  }

  /** Another recipe may name files in another way: then everything is read again. */
  function readerNow(): {
    readonly reader: ArrivalReader
    readonly before: Iterable<SurveyedFile>
  } {
    const wanted = naming ?? workstation.recorder.recipe.naming
    if (reader?.naming === wanted) return { reader, before: [] }
    const before = reader?.files() ?? []
    reader = followArrivals(resolve(root), wanted, access)
    return { reader, before }
  }

  function forgetReader(): void {
    reader = null
  }

  /** What came is told and entered; while the folder is away it is kept until it is back. */
  async function takeUp(): Promise<Result<void>> {
    const came = held.take() ?? { files: [], settled: 0 }
    const { reader, before } = readerNow()
    const arrived = [...before, ...came.files]
    if (arrived.length === 0) return ok(undefined)
    try {
      const began = folder.clock.now()
      const read = await reader.arrive(arrived)
      if (!arrived.every(hasImageName)) held.took(folder.clock.now() - began)
      return read.ok ? await enterAll(reader, read.value, came.settled) : read
    } catch (cause) {
      if (!(cause instanceof FolderAway)) throw cause
      // Some of it may have been told already, and is to be told again.
      held.putBack({ files: [...reader.files()], settled: came.settled })
      forgetReader()
      return ok(undefined)
    }
  }

  async function enterAll(
    { count }: ArrivalReader,
    { acquisitions, unmatched, faults }: Arrivals,
    settled: number,
  ): Promise<Result<void>> {
    for (const path of unmatched) await tellUnmatched(path)
    for (const fault of faults) await tellClaim(fault)
    const entered: EnteredRun[] = []
    for (const arrived of acquisitions) {
      const { acquisition, copies } = await recogniseCopies(
        workstation.store.db,
        root,
        arrived,
        ask,
      )
      // What cannot be seen is then not gone: nothing is taken for new that may be a copy.
      if (await isAway()) throw new FolderAway()
      for (const copy of copies) tellOnce({ kind: 'copy', root, ...copy })
      if (acquisition === null) continue
      const one = await enter(acquisition)
      if (!one.ok) return one
      entered.push(one.value)
      // What is on the stage now goes before what an earlier session left.
      const where = settled > 0 ? 'first' : 'last'
      work.take({ ...one.value, promised: planesOfField(acquisition), isAway }, where)
    }
    tell({ kind: 'arrived', root, settled, files: count(), runs: entered })
    return ok(undefined)
  }

  /** Enters a run part by part, so that others have their turn between. */
  async function enter(acquisition: Acquisition): Promise<Result<EnteredRun>> {
    const fields = new Map<FieldId, FieldRow>()
    for (let from = 0; ; from += PLANES_AT_ONCE) {
      const planes = acquisition.planes.slice(from, from + PLANES_AT_ONCE)
      const entered = enterAcquisitions(workstation, root, [{ ...acquisition, planes }])
      if (!entered.ok) return entered
      const { run, fields: some } = entered.value[0]!
      runs.add(run.id)
      for (const field of some) fields.set(field.id, field)
      const last = from + PLANES_AT_ONCE >= acquisition.planes.length
      if (last || signal.aborted) return ok({ run, fields: [...fields.values()] })
      await breathe()
    }
  }

  async function follow(event: WatchEvent): Promise<Result<void>> {
    switch (event.kind) {
      case 'offline':
        offline = true
        work.hold(runs)
        tell({ kind: 'offline', root, fault: awayFault(event.fault) })
        return ok(undefined)
      case 'online':
        tell({ kind: 'online', root })
        return ok(undefined)
      case 'settled':
        SETTLED.publish(event.files)
        arrivedAt = folder.clock.now()
        calm = false
        held.add(event.files, true)
        return takeUp()
      case 'reconciled': {
        const { files, waiting, unmarked, faults, disk } = event
        listed = disk
        if (offline) {
          offline = false
          work.release(runs)
        }
        tell({ kind: 'listed', root, files, waiting, unmarked })
        for (const fault of faults.slice(0, MOST_FAULTS_OF_LISTING)) {
          // A link to nowhere may lead to a share that is away.
          if (fault.kind !== 'file-not-found') tellOnce({ kind: 'fault', root, fault })
        }
        return takeUp()
      }
    }
  }

  const watched = {
    ...folder,
    isWhole: wholeImage(accessInTime(diskLooks, ask)),
    known: isKnown,
    wasFilled: () => holdsFilesBelow(workstation.store.db, resolve(root)),
    grows: isGrowingIndex,
  }
  const recorded = events === undefined ? null : recordEvents(watched, resolve(root), events)
  for await (const event of watchFolder(recorded?.folder ?? watched, signal)) {
    recorded?.note(event)
    const followed = await follow(event)
    if (!followed.ok) return followed
    if (calm || folder.clock.now() - arrivedAt < QUIET_MS) continue
    calm = true
    work.calm(runs)
  }
  work.drop(runs)
  return ok(undefined)
}

/** How many planes the index promises of a field, by the first that it promises; null where nothing is promised. */
function planesOfField({ promised }: Acquisition): number | null {
  const [first] = promised ?? []
  if (first === undefined) return null
  const same = (promised ?? []).filter(
    ({ wells, sites, t }) =>
      wells.includes(first.wells[0]!) && sites.includes(first.sites[0]!) && t.includes(first.t[0]!),
  )
  return same.reduce((sum, { channels, z }) => sum + channels.length * z.length, 0)
}

/** A folder that was watched and is gone is away: a share, or a disk that was unplugged. It may come back. */
function awayFault(fault: Fault): Fault {
  return fault.kind === 'folder-not-found'
    ? { kind: 'folder-offline', path: fault.path, detail: 'it is not there' }
    : fault
}
