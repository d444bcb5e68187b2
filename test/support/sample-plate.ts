import {
  NO_COUNTS,
  type PlateDetails,
  type PlateSummary,
  type StateCounts,
  type WellRow,
} from '../../src/contract/plates.ts'
import type { PlateCompleteness } from '../../src/contract/completeness.ts'
import type { PlateId } from '../../src/core/brand.ts'
import { countArrived } from '../../src/core/plate/well-state.ts'
import { PLATE_FORMATS, wellName, type PlateFormat } from '../../src/core/plate/well.ts'
import type { OpenPlate } from '../../src/renderer/features/plate/plate-state.ts'

export const PLATE = 1 as PlateId

/** A well of four images that pass, unless told otherwise. */
export function wellRow(row: number, column: number, given: Partial<WellRow> = {}): WellRow {
  const { states = { ...NO_COUNTS, pass: 4 } } = given
  return {
    well: wellName({ row, column }),
    row,
    column,
    expected: 4,
    arrived: countArrived(states),
    states,
    reasons: {},
    flagged: 0,
    fields: 2,
    objects: 10,
    ...given,
  }
}

export function plateSummary(plateId: PlateId, given: Partial<PlateSummary> = {}): PlateSummary {
  const { states = NO_COUNTS } = given
  return {
    plateId,
    name: `Plate ${plateId}`,
    acquisitions: 1,
    instrument: 'ImageXpress',
    folder: '/data/plate',
    channels: ['DAPI', 'GFP'],
    wells: 0,
    fields: 0,
    expected: null,
    arrived: countArrived(states),
    states,
    flagged: 0,
    objects: 0,
    firstAt: null,
    lastAt: null,
    identifiedOtherwise: false,
    ...given,
  }
}

export function plateDetails(
  format: PlateFormat,
  wells: readonly WellRow[],
  given: Partial<PlateDetails> = {},
): PlateDetails {
  const { rows, columns } = PLATE_FORMATS[format]
  return {
    summary: plateSummary(PLATE),
    rows,
    columns,
    wells: [...wells],
    acquisitions: [],
    measures: [],
    layout: [],
    ...given,
  }
}

/** A plate as its view has it, opened just now. */
export function openPlate(details: PlateDetails, given: Partial<OpenPlate> = {}): OpenPlate {
  const read = {
    numbers: null,
    numbersFault: null,
    arrivals: { status: 'loading' as const },
    moment: '0',
  }
  return { status: 'open', plateId: PLATE, details, ...read, ...given }
}

/** Of a plate of which nothing is late or missing, unless told otherwise. */
export function plateCompleteness(given: Partial<PlateCompleteness> = {}): PlateCompleteness {
  return {
    going: 'ended',
    lastAt: '2026-03-01T10:05:00.000Z',
    endsAt: null,
    counts: { here: 16, awaited: 0, late: 0, missing: 0 },
    tooMany: false,
    wells: [],
    absentChannels: [],
    absentWells: [],
    planes: [],
    runs: [],
    ...given,
  }
}

/** A plate that shows every state: its left half imaged, a column of empty wells, a corner out of focus, the rest on its way. */
export function samplePlate(format: PlateFormat, plateId: PlateId = PLATE): PlateDetails {
  const { rows, columns } = PLATE_FORMATS[format]
  const wells: WellRow[] = []
  const total = { ...NO_COUNTS }
  for (let i = 0; i < rows * columns; i += 1) {
    const row = Math.floor(i / columns)
    const column = i % columns
    if (row === rows - 1 && column >= columns - 2) continue
    const states = stateCounts(row / rows, column / columns, i)
    for (const state of Object.keys(states) as (keyof StateCounts)[]) total[state] += states[state]
    const arrived = countArrived(states)
    const reasons: Record<string, number> = {}
    if (states.fail > 0) reasons['out-of-focus'] = states.fail
    if (states['cannot-judge'] > 0) reasons['too-little-structure'] = states['cannot-judge']
    const empty = column === 1
    const objects = empty ? 0 : Math.round(60 - 30 * (row / rows) + 9 * Math.sin(i * 12.9898))
    wells.push(
      wellRow(row, column, {
        states,
        reasons,
        flagged: states.fail + states['cannot-judge'],
        fields: arrived === 0 ? 0 : 2,
        objects: arrived === 0 ? null : objects,
      }),
    )
  }
  const summary = plateSummary(plateId, {
    states: total,
    wells: wells.length,
    fields: wells.reduce((sum, { fields }) => sum + fields, 0),
    expected: wells.length * 4,
    objects: wells.reduce((sum, { objects }) => sum + (objects ?? 0), 0),
  })
  const layout = wells.map(({ well, row, column }) => ({
    well,
    control: column === 0 ? 'negative' : column === 2 ? 'positive' : '',
    labels: { compound: ['DMSO', 'Taxol', 'Nocodazole'][row % 3]!, dose: String(column) },
  }))
  const measures = ['Nuclei_AreaShape_Area', 'Nuclei_Intensity_MeanIntensity_DAPI']
  return plateDetails(format, wells, { summary, measures, layout })
}

function stateCounts(down: number, across: number, i: number): StateCounts {
  if (down > 0.75 && across > 0.3) return NO_COUNTS
  if (down > 0.68 && across > 0.5) return { ...NO_COUNTS, pass: 1 + (i % 3) }
  if (i % 41 === 7) return { ...NO_COUNTS, unreadable: 1, pass: 3 }
  if (down + across < 0.2) return { ...NO_COUNTS, fail: 4 }
  if (i % 17 === 3) return { ...NO_COUNTS, fail: 1, pass: 3 }
  if (i % 13 === 5) return { ...NO_COUNTS, 'cannot-judge': 2 + (i % 3), pass: 2 - (i % 3) }
  return { ...NO_COUNTS, pass: 4 }
}
