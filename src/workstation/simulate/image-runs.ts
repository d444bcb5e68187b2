import { wellName } from '#core/plate/well.ts'
import { imagePlate, type ImagedGroup } from './image-plate.ts'
import type { ImagedPlate } from './imaged-plate.ts'
import type { Naming } from './naming.ts'

/** A file beside the images, such as an index; written over where it is there already. */
export interface SideFile {
  readonly path: string
  readonly text: string
}

export interface RunStep extends ImagedGroup {
  /** Files beside the images that are written before those of this step, and after them. */
  readonly before: readonly SideFile[]
  readonly after: readonly SideFile[]
}

/** Where the second run is, below the first. */
const AGAIN = 'again'
/** Somebody must see that a well has failed: the plate goes on for so many planes. */
const PLANES_BETWEEN = 24

/** Images a plate, and in between some of its wells once more, this time without defects: a run of its own. */
export function* imageRuns(
  plate: ImagedPlate,
  again: readonly string[],
  naming: Naming,
): Generator<RunStep> {
  let open = new Set(again)
  let due: number | null = null
  const second = function* (): Generator<RunStep> {
    open = new Set()
    due = null
    yield* imageAgain(plate, again, naming)
  }
  for (const step of imageRun(plate, naming)) {
    yield step
    const { well, site, channel } = step.planes.at(-1)!.truth
    const last = site === plate.sitesPerWell && channel === plate.channels.at(-1)!.name
    if (due !== null) due -= step.planes.length
    else if (last && open.delete(well) && open.size === 0) due = PLANES_BETWEEN
    if (due !== null && due <= 0) yield* second()
  }
  if (open.size > 0 || due !== null) yield* second()
}

/** One run, with the files that are beside its images at each moment. */
function* imageRun(plate: ImagedPlate, naming: Naming): Generator<RunStep> {
  let before = naming.sideFiles(plate, 0)
  let planes = 0
  for (const group of imagePlate(plate, naming)) {
    planes += group.planes.length
    const fields = planes / plate.channels.length
    const after = Number.isInteger(fields) ? naming.sideFiles(plate, fields) : []
    yield { ...group, before, after }
    before = []
  }
}

function* imageAgain(
  plate: ImagedPlate,
  wells: readonly string[],
  naming: Naming,
): Generator<RunStep> {
  const chosen = plate.fields.filter(({ well }) => wells.includes(wellName(well)))
  const fields = chosen.map(field => ({
    ...field,
    planes: field.planes.map(({ channel }) => ({ channel, defects: [] })),
  }))
  const firstPlace = plate.fields.length * plate.channels.length
  for (const step of imageRun({ ...plate, fields, firstPlace }, naming)) {
    yield {
      // The nuclei are those of the first run, whose labels there are.
      planes: step.planes.map(({ truth }) => ({ truth: below(truth), labels: null })),
      files: step.files.map(below),
      before: step.before.map(below),
      after: step.after.map(below),
    }
  }
}

function below<T extends { readonly path: string }>(file: T): T {
  return { ...file, path: `${AGAIN}/${file.path}` }
}
