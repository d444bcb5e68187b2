import { NO_COUNTS, type PlateSummary, type WellRow } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { countNotPassed } from '#core/plate/well-state.ts'
import { parseWell } from '#core/plate/well.ts'
import { expectedByWell } from '../intake/expected-planes.ts'
import { compareWells } from '../intake/group-fields.ts'
import { instrumentName } from '../intake/instruments/registry.ts'
import type { ReadableDb } from '../store/db.ts'
import { acquisitionsOf, type AcquisitionRow } from '../store/plates.ts'
import { promisesOf, type PlatePromise } from '../store/promises.ts'
import {
  countsStill,
  decidedInQuestion,
  planesOfWells,
  plateStandings,
  wellFields,
  wellStandings,
} from '../store/standing.ts'

/** How a plate stands now; undefined for one that is not in the store. */
export function plateSummary(db: ReadableDb, plateId: PlateId): PlateSummary | undefined {
  const runs = acquisitionsOf(db, plateId)
  const last = runs.at(-1)
  if (last === undefined) return undefined
  const standings = plateStandings(db, plateId)
  const states = { ...NO_COUNTS }
  for (const { state, planes } of standings) states[state] += planes
  const decided = decidedInQuestion(db, plateId).reduce((sum, { planes }) => sum + planes, 0)
  const wells = wellFields(db, plateId)
  const promised = promisedOf(db, plateId, runs)
  const here = planesOfWells(db, plateId)
  return {
    plateId,
    name: last.plate,
    acquisitions: runs.length,
    instrument: instrumentName(last.instrument),
    folder: last.folder,
    channels: channelsOf(runs),
    wells: wells.filter(({ well }) => well !== '').length,
    fields: wells.reduce((sum, { fields }) => sum + fields, 0),
    ...completeness(promised, here),
    states,
    flagged: countNotPassed(states) - decided,
    objects: wells.reduce((sum, { objects }) => sum + objects, 0),
    firstAt: moment(Math.min(...standings.map(({ firstAt }) => firstAt ?? Infinity))),
    lastAt: moment(Math.max(...standings.map(({ lastAt }) => lastAt ?? -Infinity))),
    identifiedOtherwise: !countsStill(db, plateId),
  }
}

/** The wells of a plate that are promised or imaged, along its rows; of those named, or all. */
export function wellRows(
  db: ReadableDb,
  plateId: PlateId,
  names: readonly string[] | null = null,
): readonly WellRow[] {
  const promises = promisesOf(db, plateId)
  const promised = expectedIn(promises)
  const expected = (well: string): number | null =>
    promises.length === 0 ? null : expectedOf(promised, well)
  const came = new Map<string, { planes: number; projections: number }>()
  const rows = new Map<string, Mutable<WellRow>>()
  const rowOf = (well: string): Mutable<WellRow> | null => {
    const place = parseWell(well)
    if (place === null) return null
    const row = rows.get(well) ?? emptyWell(well, place, expected(well))
    rows.set(well, row)
    return row
  }
  for (const well of names ?? wellsOf(promised)) if (expectedOf(promised, well) > 0) rowOf(well)
  for (const { well, state, reasons, planes, projections } of wellStandings(db, plateId, names)) {
    const row = rowOf(well)
    if (row === null) continue
    row.states[state] += planes
    const here = came.get(well) ?? { planes: 0, projections: 0 }
    came.set(well, {
      planes: here.planes + planes,
      projections: here.projections + projections,
    })
    if (reasons === '[]') continue
    for (const reason of JSON.parse(reasons) as string[]) {
      row.reasons[reason] = (row.reasons[reason] ?? 0) + planes
    }
  }
  for (const { well, fields, analysed, objects } of wellFields(db, plateId, names)) {
    const row = rowOf(well)
    if (row !== null) Object.assign(row, { fields, objects: analysed === 0 ? null : objects })
  }
  for (const row of rows.values()) {
    row.flagged = countNotPassed(row.states)
    const here = came.get(row.well) ?? { planes: 0, projections: 0 }
    row.arrived = row.expected === null ? here.planes : arrivedOf(promised, row.well, here)
  }
  for (const { well, planes } of decidedInQuestion(db, plateId)) {
    const row = rows.get(well)
    if (row !== undefined) row.flagged -= planes
  }
  return [...rows.values()].sort((a, b) => compareWells(a.well, b.well))
}

/** Planes promised of each well, however often it is imaged; a number where only that is known; null for neither. */
function promisedOf(
  db: ReadableDb,
  plateId: PlateId,
  runs: readonly AcquisitionRow[],
): ExpectedPlanes | number | null {
  const promises = promisesOf(db, plateId)
  if (promises.length > 0) return expectedIn(promises)
  // A plate that was entered before promises were kept and has not been surveyed since.
  const numbers = runs.flatMap(({ expected }) => (expected === null ? [] : [expected]))
  return numbers.length === 0 ? null : Math.max(...numbers)
}

/** Planes promised of each well; a projection stands for no step of a stack, nor a step for it. */
interface ExpectedPlanes {
  readonly steps: ReadonlyMap<string, number>
  readonly projections: ReadonlyMap<string, number>
}

function expectedIn(promises: readonly PlatePromise[]): ExpectedPlanes {
  const blocks = promises.flatMap(promise => promise.blocks)
  return {
    steps: expectedByWell(blocks.filter(({ projection }) => projection !== true)),
    projections: expectedByWell(blocks.filter(({ projection }) => projection === true)),
  }
}

function wellsOf({ steps, projections }: ExpectedPlanes): ReadonlySet<string> {
  return new Set([...steps.keys(), ...projections.keys()])
}

function expectedOf({ steps, projections }: ExpectedPlanes, well: string): number {
  return (steps.get(well) ?? 0) + (projections.get(well) ?? 0)
}

/** How many of a well's promised planes are here; what is beyond is not one of them. */
function arrivedOf(
  { steps, projections }: ExpectedPlanes,
  well: string,
  came: { readonly planes: number; readonly projections: number },
): number {
  return (
    Math.min(steps.get(well) ?? 0, came.planes - came.projections) +
    Math.min(projections.get(well) ?? 0, came.projections)
  )
}

/** How many planes are promised and how many of those are here. */
function completeness(
  promised: ExpectedPlanes | number | null,
  here: ReturnType<typeof planesOfWells>,
): Pick<PlateSummary, 'expected' | 'arrived'> {
  const planes = here.reduce((sum, well) => sum + well.planes, 0)
  if (promised === null) return { expected: null, arrived: planes }
  if (typeof promised === 'number') {
    const arrived = here.reduce((sum, well) => sum + well.planes - well.projections, 0)
    return { expected: promised, arrived: Math.min(promised, arrived) }
  }
  return {
    expected: [...wellsOf(promised)].reduce((sum, well) => sum + expectedOf(promised, well), 0),
    arrived: here.reduce((sum, own) => sum + arrivedOf(promised, own.well, own), 0),
  }
}

/** In the instrument's order, as the last run has it; channels of earlier runs after them. */
function channelsOf(runs: readonly AcquisitionRow[]): string[] {
  return [...new Set(runs.toReversed().flatMap(run => JSON.parse(run.channels) as string[]))]
}

function emptyWell(
  well: string,
  place: { readonly row: number; readonly column: number },
  expected: number | null,
): Mutable<WellRow> {
  return {
    well,
    ...place,
    expected,
    arrived: 0,
    states: { ...NO_COUNTS },
    reasons: {},
    flagged: 0,
    fields: 0,
    objects: null,
  }
}

/** An instant for the contract; null for none, which is an infinity. */
function moment(milliseconds: number): string | null {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : null
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }
