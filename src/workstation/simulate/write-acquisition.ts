import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { PlateFormat } from '#core/plate/well.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import type { DefectShares } from '#core/simulate/defects.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { planPlate } from '#core/simulate/plan-plate.ts'
import { imageRuns, type SideFile } from './image-runs.ts'
import type { ImagedPlate } from './imaged-plate.ts'
import type { Naming, WrittenFile } from './naming.ts'
import { pause } from './pause.ts'
import { openTruthFolder, type PlaneTruth, type TruthFolder } from './truth-folder.ts'
import { writeFault } from './write-fault.ts'
import { writeGrowing } from './write-growing.ts'

export interface AcquisitionOptions {
  /** New or empty. */
  readonly folder: string
  /** New or empty, outside the acquisition; null where nobody wants the truth. */
  readonly truthFolder: string | null
  readonly naming: Naming
  readonly seed: number
  readonly format: PlateFormat
  readonly wells: number
  /** Of each well. */
  readonly fields: number
  /** The first so many of CHANNELS. */
  readonly channels: number
  readonly width: number
  readonly height: number
  readonly defects: DefectShares
  /** Wells that are imaged once more without defects, in a run of its own below the first. */
  readonly again?: readonly string[]
  /** Planes a second; null as fast as possible. */
  readonly rate: number | null
  readonly onPlane?: (done: number, of: number) => void
}

export interface AcquisitionTruth {
  /** Named for its seed, so that equal orders give equal files wherever they are written. */
  readonly plate: string
  /** In the order of imaging, planes that the instrument lost included; fewer where the acquisition was stopped. */
  readonly planes: readonly PlaneTruth[]
}

/** Writes an acquisition of a simulated plate, plane by plane as an instrument does, until done or stopped. */
export async function writeAcquisition(
  options: AcquisitionOptions,
  signal?: AbortSignal,
): Promise<Result<AcquisitionTruth>> {
  const { folder, truthFolder } = options
  try {
    const refusal = await refuseFolders(folder, truthFolder)
    if (refusal !== null) return fail(refusal)
    const plate = planImaging(options)
    await mkdir(folder, { recursive: true })
    const truth = truthFolder === null ? null : await openTruthFolder(truthFolder)
    try {
      return ok({ plate: plate.name, planes: await writePlanes(plate, options, truth, signal) })
    } finally {
      await truth?.close()
    }
  } catch (cause) {
    return writeFault(folder, cause)
  }
}

async function refuseFolders(
  folder: string,
  truthFolder: string | null,
): Promise<FaultOf<'bad-option'> | null> {
  const allowed = 'a new or empty folder'
  if (!(await isVacant(folder)))
    return { kind: 'bad-option', option: 'DIR', value: folder, allowed }
  if (truthFolder === null) return null
  const inside = relative(folder, truthFolder)
  const outside = inside.startsWith('..') || isAbsolute(inside)
  if (outside && (await isVacant(truthFolder))) return null
  return {
    kind: 'bad-option',
    option: '--truth',
    value: truthFolder,
    allowed: `${allowed} outside the acquisition`,
  }
}

async function isVacant(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return true
    throw cause
  }
}

function planImaging(options: AcquisitionOptions): ImagedPlate {
  const { seed, format } = options
  const channels = CHANNELS.slice(0, options.channels)
  const fields = planPlate({ ...options, channels })
  return {
    name: `simulated-${seed}`,
    seed,
    format,
    fields,
    fieldsOfPlate: fields.length,
    sitesPerWell: options.fields,
    channels,
    width: options.width,
    height: options.height,
    optics: PLATE_OBJECTIVE,
    firstPlace: 0,
  }
}

async function writePlanes(
  plate: ImagedPlate,
  options: AcquisitionOptions,
  truthFolder: TruthFolder | null,
  signal: AbortSignal | undefined,
): Promise<readonly PlaneTruth[]> {
  const { folder, naming, rate, onPlane, again = [] } = options
  const fields = plate.fields.length + again.length * plate.sitesPerWell
  const promised = fields * plate.channels.length
  const startedAt = performance.now()
  const truths: PlaneTruth[] = []
  for (const step of imageRuns(plate, again, naming)) {
    if (rate !== null) {
      const due = startedAt + (truths.length * 1000) / rate
      await pause(due - performance.now(), signal)
    }
    if (signal?.aborted === true) break
    for (const file of step.before) await writeSideFile(folder, file)
    for (const file of step.files) {
      const share = step.planes.length / step.files.length
      await writeImages(
        folder,
        file,
        rate === null ? null : (WRITING_SHARE * 1000 * share) / rate,
        signal,
      )
    }
    for (const { truth, labels } of step.planes) {
      const arrived = !truth.defects.includes('missing')
      if (arrived && labels !== null) await truthFolder?.addLabels(truth, labels)
      await truthFolder?.addPlane(truth)
      truths.push(truth)
      onPlane?.(truths.length, promised)
    }
    for (const file of step.after) await writeSideFile(folder, file)
  }
  return truths
}

async function writeSideFile(folder: string, { path, text }: SideFile): Promise<void> {
  const absolute = join(folder, path)
  await mkdir(dirname(absolute), { recursive: true })
  await writeFile(absolute, text)
}

/** How much of the time between two planes it takes to write one. */
const WRITING_SHARE = 0.5

async function writeImages(
  folder: string,
  { path, bytes }: WrittenFile,
  durationMs: number | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const absolute = join(folder, path)
  await mkdir(dirname(absolute), { recursive: true })
  if (durationMs === null) await writeFile(absolute, bytes, { flag: 'wx' })
  else await writeGrowing(absolute, bytes, durationMs, signal)
}
