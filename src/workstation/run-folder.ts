import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'
import { aggregateAcquisition, processAcquisition } from './analysis/process-acquisition.ts'
import { enterAcquisitions } from './enter-acquisitions.ts'
import type { Acquisition } from './intake/acquisition.ts'
import { diskAccess } from './intake/disk.ts'
import { missingPlanes } from './intake/expected-planes.ts'
import { identifyAcquisitions } from './intake/identify-acquisitions.ts'
import type { PlaneAddress } from './intake/plane-file.ts'
import { copyByName, copyInRun, recogniseCopies, type FileCopy } from './intake/recognise-copies.ts'
import { surveyFolder } from './intake/survey-folder.ts'
import { standingFaults } from './store/faults.ts'
import { attempt } from './store/store-fault.ts'
import { currentPlanes } from './store/fields.ts'
import type { AcquisitionRow } from './store/plates.ts'
import { tally, type Tally } from './store/tally.ts'
import type { Workstation } from './workstation.ts'

export interface RunOptions {
  /** `auto`, `loose`, an instrument or a pattern; the recipe's where nobody says. */
  readonly naming: string | null
  /** Verdicts only, no objects. */
  readonly qualityOnly: boolean
  readonly onProgress?: (planesDone: number, planes: number) => void
}

/** What a run amounts to: the document of `run --json`, with faults still as data. */
export interface RunReport {
  readonly store: string
  readonly plates: readonly PlateReport[]
  /** Planes that an index promises and that are not there: to be imaged, or looked for. */
  readonly missing: readonly MissingPlane[]
  /** Files of the folder that no naming matched. */
  readonly unmatched: readonly string[]
  /** Files with the same bytes as another one that holds the same plane; they are left out. */
  readonly copies: readonly FileCopy[]
  readonly faults: readonly Fault[]
}

export interface MissingPlane extends Pick<PlaneAddress, 'well' | 'site' | 'channel' | 'z' | 't'> {
  readonly plate: string
  readonly folder: string
}

export interface PlateReport extends Omit<Tally, 'planes'> {
  readonly name: string
  readonly acquisition: number
  readonly folder: string
  readonly instrument: string
  readonly planes: Tally['planes'] & { readonly expected: number | null }
  readonly seconds: number
}

/** Processes everything in a folder once: intake, then whatever the store does not hold yet. */
export async function runFolder(
  workstation: Workstation,
  root: string,
  { naming, qualityOnly, onProgress }: RunOptions,
): Promise<Result<RunReport>> {
  const { store, audit } = workstation
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    return fail({ kind: 'folder-not-found', path: root })
  }
  if (!qualityOnly) {
    const ready = await workstation.prepareNetworks()
    if (!ready.ok) return ready
  }
  const { recorder } = workstation
  const survey = await surveyFolder(root)
  const identified = await identifyAcquisitions(
    survey,
    naming ?? recorder.recipe.naming,
    diskAccess(),
  )
  if (!identified.ok) return identified
  const { acquisitions } = identified.value
  const noted = attempt(store.folder, () => {
    const work = { recipe: recorder.recipeHash }
    audit({ action: 'run', entity: 'folder', entityId: root, new: work })
  })
  if (!noted.ok) return noted
  const entered = await enterWithoutCopies(workstation, root, acquisitions)
  if (!entered.ok) return entered
  const { runs, planes: all, copies } = entered.value
  const plates: PlateReport[] = []
  let done = 0
  for (const run of runs) {
    const startedAt = performance.now()
    const processed = await processAcquisition(workstation, run, {
      qualityOnly,

      onField: ({ planes }) => {
        done += planes.length
        onProgress?.(done, all)
      },
    })
    if (!processed.ok) return processed
    if (!qualityOnly) {
      const aggregated = await aggregateAcquisition(workstation, run)
      if (!aggregated.ok) return aggregated
    }
    const seconds = (performance.now() - startedAt) / 1000
    plates.push(reportPlate(workstation, run, seconds))
  }
  const unmatched = await unlessCopied(root, identified.value.unmatched, copies)
  const present = new Set(survey.files.map(({ absolute }) => absolute))
  const faults = [
    ...survey.faults,
    ...runs.flatMap(run => vanishedFiles(workstation, run, present)),
    ...(await withoutCopies(identified.value.faults, copies)),
    ...runs.flatMap(run =>
      standingFaults(store.db, run.id, recorder.recipeHash).map(
        ({ fault }) => JSON.parse(fault) as Fault,
      ),
    ),
  ]
  const missing = acquisitions.flatMap(acquisition =>
    missingPlanes(acquisition).map(({ well, site, channel, z, t }) => ({
      plate: acquisition.plate,
      folder: join(root, acquisition.folder),
      well,
      site,
      channel,
      z,
      t,
    })),
  )
  return ok({ store: store.folder, plates, missing, unmatched, copies, faults })
}

/** Enters run by run, so that what was copied from one to another is seen. */
async function enterWithoutCopies(
  workstation: Workstation,
  root: string,
  acquisitions: readonly Acquisition[],
): Promise<Result<{ runs: AcquisitionRow[]; planes: number; copies: FileCopy[] }>> {
  const entered = { runs: [] as AcquisitionRow[], planes: 0, copies: [] as FileCopy[] }
  for (const one of acquisitions) {
    const { acquisition, copies } = await recogniseCopies(workstation.store.db, root, one)
    entered.copies.push(...copies)
    if (acquisition === null) continue
    const run = enterAcquisitions(workstation, root, [acquisition])
    if (!run.ok) return run
    entered.runs.push(...run.value.map(({ run }) => run))
    entered.planes += acquisition.planes.length
  }
  return ok(entered)
}

/** Moves files that claim another's plane with the same bytes from the faults to the copies. */
async function withoutCopies(
  faults: readonly Fault[],
  copies: FileCopy[],
): Promise<readonly Fault[]> {
  const left: Fault[] = []
  for (const fault of faults) {
    const copy = fault.kind === 'plane-claimed-twice' ? await copyInRun(fault) : null
    if (copy === null) left.push(fault)
    else copies.push(copy)
  }
  return left
}

/** Moves files that are copies by their names and bytes from the unmatched ones to the copies. */
async function unlessCopied(
  root: string,
  unmatched: readonly string[],
  copies: FileCopy[],
): Promise<readonly string[]> {
  const left: string[] = []
  for (const path of unmatched) {
    const copy = await copyByName(join(root, path))
    if (copy === null) left.push(path)
    else copies.push(copy)
  }
  return left
}

/** How an imaging run stands in the store now. */
export function reportPlate(
  { store, recorder }: Workstation,
  run: AcquisitionRow,
  seconds: number,
): PlateReport {
  const { planes, ...counts } = tally(store.db, run.id, recorder.recipeHash)
  return {
    name: run.plate,
    acquisition: run.number,
    folder: run.folder,
    instrument: run.instrument,
    ...counts,
    planes: { expected: run.expected, ...planes },
    seconds,
  }
}

/** Files that hold planes of this run and are no longer in its folder; what was found in them stays. */
function vanishedFiles(
  { store }: Workstation,
  run: AcquisitionRow,
  present: ReadonlySet<string>,
): readonly Fault[] {
  const paths = new Set(currentPlanes(store.db, run.id).map(({ path }) => path))
  return [...paths]
    .filter(path => !present.has(path))
    .map(path => ({ kind: 'file-not-found', path }))
}
