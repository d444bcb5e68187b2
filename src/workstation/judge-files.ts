import { ok, type Fault, type Result } from '#core/fault.ts'
import type { Recipe } from '#core/recipe.ts'
import type { PlaneJudgement, PlaneSource } from './analysis/job.ts'
import { runField } from './analysis/run-field.ts'
import type { WorkerPool } from './analysis/worker-pool.ts'
import { diskAccess } from './intake/disk.ts'
import { identifyAcquisitions } from './intake/identify-acquisitions.ts'
import type { PlaneFile } from './intake/plane-file.ts'
import { groupFields } from './intake/group-fields.ts'
import type { Survey } from './intake/survey-folder.ts'
import { mapAtMost } from './map-at-most.ts'

/** A plane with its place, as far as its name tells, and its verdict. */
export interface JudgedPlane {
  readonly file: PlaneFile
  readonly plate: string
  /** Null for a loose image. */
  readonly field: string | null
  readonly judgement: PlaneJudgement
}

export interface JudgedFiles {
  readonly planes: readonly JudgedPlane[]
  /** Every image file that is not among the planes is here. */
  readonly faults: readonly Fault[]
}

export interface JudgingOrder {
  /** `auto`, `loose`, an instrument, a pattern or a table; what it does not name is taken as loose. */
  readonly naming: string
  readonly recipe: Recipe
}

/** Judges every image of a survey; nothing is kept. Fault: a way of naming that cannot be used. */
export async function judgeFiles(
  pool: WorkerPool,
  survey: Survey,
  { naming, recipe }: JudgingOrder,
  onProgress: (done: number, of: number) => void,
): Promise<Result<JudgedFiles>> {
  const files = await nameFiles(survey, naming)
  if (!files.ok) return files
  const { named, faults } = files.value
  let done = 0
  const byFile = [...Map.groupBy(named, ({ file }) => file.absolute).values()]
  // One more than there are workers, so that none waits.
  const judged = await mapAtMost(pool.size + 1, byFile, async pages => {
    const judge = pages.map(({ file }, key) => planeSource(file, key))
    const reply = await runField(pool, { kind: 'field', judge, analyse: null, recipe })
    done += pages.length
    onProgress(done, named.length)
    return reply.planes.map(({ result }, i) => ({ ...pages[i]!, result }))
  })
  const outcomes = judged.flat()
  const planes = outcomes.flatMap(({ result, ...place }) =>
    result.ok ? [{ ...place, judgement: result.value }] : [],
  )
  const unreadable = outcomes.flatMap(({ result }) => (result.ok ? [] : [result.fault]))
  planes.sort((a, b) => order(a.file, b.file))
  return ok({ planes, faults: [...faults, ...unreadable] })
}

type NamedPlane = Omit<JudgedPlane, 'judgement'>

async function nameFiles(
  survey: Survey,
  naming: string,
): Promise<Result<{ named: readonly NamedPlane[]; faults: readonly Fault[] }>> {
  const asked = await named(survey, naming)
  if (!asked.ok) return asked
  const conventional = asked.value
  const rest = new Set(conventional.unmatched)
  const left = { ...survey, files: survey.files.filter(({ path }) => rest.has(path)) }
  const others = await named(left, 'loose')
  if (!others.ok) return others
  const loose = others.value
  const strangers = left.files.filter(({ path }) => loose.unmatched.includes(path))
  return ok({
    named: [...conventional.planes, ...loose.planes],
    faults: [
      ...survey.faults,
      ...conventional.faults,
      ...loose.faults,
      ...strangers.map(({ absolute: path }) => ({
        kind: 'not-an-image' as const,
        path,
        detail: 'neither TIFF nor PNG',
      })),
    ],
  })
}

async function named(
  survey: Survey,
  naming: string,
): Promise<
  Result<{ planes: NamedPlane[]; unmatched: readonly string[]; faults: readonly Fault[] }>
> {
  const identified = await identifyAcquisitions(survey, naming, diskAccess())
  if (!identified.ok) return identified
  const { acquisitions, unmatched, faults } = identified.value
  const planes = acquisitions.flatMap(acquisition =>
    groupFields(acquisition).flatMap(field =>
      field.planes.map(file => ({
        file,
        plate: acquisition.plate,
        field: field.site === null ? null : String(field.site),
      })),
    ),
  )
  return ok({ planes, unmatched, faults })
}

function planeSource(file: PlaneFile, key: number): PlaneSource {
  const { absolute: path, page, channel, z, projection, facts } = file
  return {
    key,
    path,
    page,
    channel,
    z,
    projection,
    sharpness: null,
    pixelSize: facts?.pixelSize ?? null,
  }
}

function order(a: PlaneFile, b: PlaneFile): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.page - b.page
}
