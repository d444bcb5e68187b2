import { wellName } from '#core/plate/well.ts'
import { imagePlate, type ImagedPlane } from './image-plate.ts'
import type { ImagedPlate } from './imaged-plate.ts'
import type { Naming } from './naming.ts'

/** A file that promises what is imaged. */
export interface IndexFile {
  readonly path: string
  readonly text: string
}

export interface RunPlane extends ImagedPlane {
  /** The index of the run that begins with this plane; null with every other plane. */
  readonly index: IndexFile | null
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
  size: { readonly width: number; readonly height: number },
): Generator<RunPlane> {
  let open = new Set(again)
  let due: number | null = null
  const second = function* (): Generator<RunPlane> {
    open = new Set()
    due = null
    yield* imageAgain(plate, again, naming, size)
  }
  for (const imaged of imagePlate(plate, naming, size)) {
    yield { ...imaged, index: null }
    const { well, site, channel } = imaged.truth
    const last = site === plate.sitesPerWell && channel === plate.channels.at(-1)
    if (due !== null) due -= 1
    else if (last && open.delete(well) && open.size === 0) due = PLANES_BETWEEN
    if (due === 0) yield* second()
  }
  if (open.size > 0 || due !== null) yield* second()
}

function* imageAgain(
  plate: ImagedPlate,
  wells: readonly string[],
  naming: Naming,
  size: { readonly width: number; readonly height: number },
): Generator<RunPlane> {
  const chosen = plate.fields.filter(({ well }) => wells.includes(wellName(well)))
  const fields = chosen.map(field => ({
    ...field,
    planes: field.planes.map(({ channel }) => ({ channel, defects: [] })),
  }))
  const run = { ...plate, fields }
  const file = naming.index?.(run) ?? null
  let index = file === null ? null : { ...file, path: `${AGAIN}/${file.path}` }
  for (const { plane, truth } of imagePlate(run, naming, size)) {
    // The nuclei are those of the first run, whose labels there are.
    yield { plane, truth: { ...truth, path: `${AGAIN}/${truth.path}` }, labels: null, index }
    index = null
  }
}
