import type { AcquisitionId, PlaneId, PlateId } from '#core/brand.ts'
import { measureRun, type RunCompleteness } from '#core/plate/completeness.ts'
import {
  enterArrival,
  enterFromElsewhere,
  openLedger,
  type PlaneLedger,
  type PromisedBlock,
} from '#core/plate/plane-ledger.ts'
import {
  findHoles,
  missingPlanes,
  type MissedPlane,
  type PlateHoles,
} from '#core/plate/plate-holes.ts'
import { arrivalsOf, departures, promiseTexts } from './store/arrivals.ts'
import type { ReadableDb } from './store/db.ts'

/** One imaging run: how far it has come. */
export interface RunStanding extends Omit<RunCompleteness, 'states'> {
  readonly acquisitionId: AcquisitionId
  /** Whether its index promises planes; `too-many` are not told one from another. */
  readonly promise: 'none' | 'planes' | 'too-many'
  /** Planes that came, promised or not. */
  readonly planes: number
}

/** What of a plate is here, awaited, late and missing. */
export interface CompletenessOfPlate {
  readonly runs: readonly RunStanding[]
  readonly holes: PlateHoles
}

/** Answers how complete plates are; what was read of a plate is kept, so that only what is new is read. */
export interface CompletenessReader {
  /** @param most planes that are late or missing, listed one by one */
  read(plateId: PlateId, most: number): CompletenessOfPlate
  /** Every plane that is missing. */
  missing(plateId: PlateId): readonly MissedPlane[]
}

/** Plates are looked at side by side; more are read again. */
const KEPT_PLATES = 4
/** A ledger of so many planes takes some 100 MB. */
const MOST_PLANES = 1_000_000

interface ReadRun {
  /** JSON of the blocks. */
  readonly promised: string | null
  readonly promise: RunStanding['promise']
  readonly ledger: PlaneLedger
  planes: number
}

interface ReadPlate {
  readonly runs: ReadonlyMap<AcquisitionId, ReadRun>
  readonly departures: string
  last: PlaneId | null
}

export function createCompletenessReader(db: ReadableDb, now: () => Date): CompletenessReader {
  const plates = new Map<PlateId, ReadPlate>()

  function current(plateId: PlateId): ReadPlate {
    const promises = promiseTexts(db, plateId)
    const left = departures(db, plateId)
    const known = plates.get(plateId)
    plates.delete(plateId)
    const isSame =
      known?.departures === left &&
      known.runs.size === promises.size &&
      [...promises].every(([id, { blocks }]) => known.runs.get(id)?.promised === blocks)
    const plate = isSame
      ? known
      : {
          runs: new Map([...promises].map(([id, { blocks }]) => [id, openRun(blocks)])),
          departures: left,
          last: null,
        }
    plates.set(plateId, plate)
    if (plates.size > KEPT_PLATES) plates.delete(plates.keys().next().value!)
    return plate
  }

  function measured(plateId: PlateId) {
    const plate = current(plateId)
    const rows = arrivalsOf(db, plateId, plate.last)
    for (const row of rows) enter(plate, row)
    plate.last = rows.at(-1)?.planeId ?? plate.last
    const at = now().getTime()
    return [...plate.runs].map(([acquisitionId, run]) => ({
      ...run,
      acquisitionId,
      // Nothing of a store says that an instrument has finished.
      measured: measureRun(run.ledger, at, false),
    }))
  }

  return {
    read(plateId, most) {
      const runs = measured(plateId)
      return {
        holes: findHoles(runs, most),
        runs: runs.map(({ acquisitionId, promise, planes, measured }) => {
          const { going, counts, lastAt, endsAt } = measured
          return { acquisitionId, promise, planes, going, counts, lastAt, endsAt }
        }),
      }
    },

    missing: plateId => missingPlanes(measured(plateId)),
  }
}

function openRun(promised: string | null): ReadRun {
  const blocks = promised === null ? [] : (JSON.parse(promised) as PromisedBlock[])
  const size = blocks.reduce((sum, block) => sum + sizeOf(block), 0)
  const promise = size === 0 ? 'none' : size > MOST_PLANES ? 'too-many' : 'planes'
  return { promised, promise, ledger: openLedger(promise === 'planes' ? blocks : []), planes: 0 }
}

function sizeOf({ wells, sites, channels, z, t }: PromisedBlock): number {
  return wells.length * sites.length * channels.length * z.length * t.length
}

function enter({ runs }: ReadPlate, row: ReturnType<typeof arrivalsOf>[number]): void {
  const plane = { ...row, projection: row.projection === 1 }
  for (const [acquisitionId, run] of runs) {
    if (acquisitionId !== row.acquisitionId) enterFromElsewhere(run.ledger, plane)
    else {
      enterArrival(run.ledger, plane)
      run.planes += 1
    }
  }
}
