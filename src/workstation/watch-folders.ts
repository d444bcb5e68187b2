import { ok, type Fault, type Result } from '#core/fault.ts'
import { aggregateAcquisition, processAcquisition } from './analysis/process-acquisition.ts'
import type { Acquisition } from './intake/acquisition.ts'
import { enterAcquisitions } from './enter-acquisitions.ts'
import { diskFolder } from './intake/disk-folder.ts'
import { DISK } from './intake/disk.ts'
import { groupFields } from './intake/group-fields.ts'
import { identifyAcquisitions } from './intake/identify-acquisitions.ts'
import type { SurveyedFile } from './intake/survey-folder.ts'
import { watchFolder } from './intake/watch-folder.ts'
import { wholeImage } from './intake/whole-image.ts'
import type { FieldDone } from './record/recorder.ts'
import { reportPlate, type PlateReport } from './run-folder.ts'
import { fileIsKnown } from './store/fields.ts'
import type { Workstation } from './workstation.ts'

/** What there is to tell while folders are watched. */
export type WatchNews =
  | { readonly kind: 'field'; readonly done: FieldDone }
  | { readonly kind: 'plate'; readonly report: PlateReport }
  | { readonly kind: 'offline'; readonly root: string; readonly fault: Fault }
  | { readonly kind: 'online'; readonly root: string }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'unmatched'; readonly root: string; readonly path: string }

/** After so long without a new file an unfinished field is analysed with what it has. */
const QUIET_MS = 15_000

/** One folder that is being watched. */
interface Watch {
  readonly workstation: Workstation
  readonly root: string
  readonly naming: string | null
  readonly tell: (news: WatchNews) => void
  readonly signal: AbortSignal
  /** Every file that has settled, by its path in the folder. */
  readonly files: Map<string, SurveyedFile>
  /** What need not be said again. */
  readonly told: Set<string>
}

/** Judges and analyses what arrives in folders until `signal` is aborted. What the store holds is not done again. */
export async function watchFolders(
  workstation: Workstation,
  roots: readonly string[],
  naming: string | null,
  tell: (news: WatchNews) => void,
  signal: AbortSignal,
): Promise<Result<void>> {
  const watches = roots.map(root =>
    watchOne({ workstation, root, naming, tell, signal, files: new Map(), told: new Set() }),
  )
  const results = await Promise.all(watches)
  return results.find(result => !result.ok) ?? ok(undefined)
}

async function watchOne(watch: Watch): Promise<Result<void>> {
  const { workstation, root, tell, signal, files } = watch
  const { folder, pace } = diskFolder(root)
  const known = (file: SurveyedFile): boolean => {
    const isKnown = fileIsKnown(workstation.store.db, { ...file, path: file.absolute })
    if (isKnown) files.set(file.path, file)
    return isKnown
  }
  const isWhole = wholeImage(DISK)
  let arrivedAt = folder.clock.now()
  let finished = false
  for await (const event of watchFolder({ ...folder, isWhole, known }, pace, signal)) {
    if (event.kind === 'offline') tell({ kind: 'offline', root, fault: event.fault })
    if (event.kind === 'online') tell({ kind: 'online', root })
    if (event.kind === 'settled') {
      for (const file of event.files) files.set(file.path, file)
      arrivedAt = folder.clock.now()
      finished = false
    }
    const quiet = folder.clock.now() - arrivedAt >= QUIET_MS
    if (event.kind !== 'settled' && (finished || !quiet)) continue
    const taken = await takeUp(watch, quiet)
    if (!taken.ok) return taken
    finished = quiet
  }
  return ok(undefined)
}

/** Enters what has settled and does what is left to do; once the folder is quiet, also what is incomplete. */
async function takeUp(watch: Watch, quiet: boolean): Promise<Result<void>> {
  const { workstation, root, naming, tell, signal } = watch
  const { recorder } = workstation
  const files = [...watch.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const survey = { root, files, skipped: 0, faults: [] }
  const identified = await identifyAcquisitions(survey, naming ?? recorder.recipe.naming, DISK)
  if (!identified.ok) return identified
  const { acquisitions, unmatched, faults } = identified.value
  for (const path of unmatched) tellOnce(watch, { kind: 'unmatched', root, path })
  for (const fault of faults) tellOnce(watch, { kind: 'fault', fault })
  const entered = enterAcquisitions(workstation, root, acquisitions)
  if (!entered.ok) return entered
  for (const [i, acquisition] of acquisitions.entries()) {
    const run = entered.value[i]!
    const complete = completeFields(acquisition)
    const startedAt = performance.now()
    const processed = await processAcquisition(workstation, run, {
      qualityOnly: false,
      isComplete: field => quiet || complete.has(field.name),
      onField: done => tell({ kind: 'field', done }),
      signal,
    })
    if (!processed.ok) return processed
    if (signal.aborted) return processed
    if (!quiet) continue
    const aggregated = await aggregateAcquisition(workstation, run)
    if (!aggregated.ok) return aggregated
    const seconds = (performance.now() - startedAt) / 1000
    tell({ kind: 'plate', report: reportPlate(workstation, run, seconds) })
  }
  return ok(undefined)
}

function tellOnce({ told, tell }: Watch, news: WatchNews): void {
  const key = JSON.stringify(news)
  if (told.has(key)) return
  told.add(key)
  tell(news)
}

/** Fields that hold all the planes that the index promises; none where nothing is promised. */
function completeFields(acquisition: Acquisition): ReadonlySet<string> {
  const [block] = acquisition.promised ?? []
  if (block === undefined) return new Set()
  const promised = block.channels.length * block.z.length
  return new Set(
    groupFields(acquisition)
      .filter(({ planes }) => planes.length >= promised)
      .map(({ name }) => name),
  )
}
