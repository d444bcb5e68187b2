import type { ParfocalApi } from '#contract/index.ts'
import type { LayoutWell, PlateDetails, PlateSummary } from '#contract/plates.ts'
import { fail, ok } from '#core/fault.ts'
import { parseWell, PLATE_FORMATS, smallestPlate, type PlateSize } from '#core/plate/well.ts'
import { instrumentName } from '../intake/instruments/registry.ts'
import { digestOf } from '../record/digest.ts'
import { transaction, type ReadableDb } from '../store/db.ts'
import { appendLayout, latestLayout } from '../store/layouts.ts'
import { measureListsOf } from '../store/objects.ts'
import { acquisitionsOf, listPlates, plateIsKnown } from '../store/plates.ts'
import { promisesOf } from '../store/promises.ts'
import type { Workstation } from '../workstation.ts'
import { attemptWrite } from './attempt-write.ts'
import { completenessAnswer } from './completeness-answer.ts'
import { fieldsOfWell } from './field-rows.ts'
import { measuresIn } from './measure-in.ts'
import { plateSummary, wellRows } from './plate-picture.ts'
import { parsePlatemap } from './platemap.ts'
import { runFacts } from './run-facts.ts'
import { createWellReader } from './well-values.ts'

type PlateCall =
  | 'plates.list'
  | 'plates.open'
  | 'plates.values'
  | 'plates.fields'
  | 'plates.completeness'
  | 'layouts.read'
  | 'plates.annotate'

/** Answers what the window asks about plates. */
export function plateAnswers({
  store: { db, folder },
  audit,
  completeness,
}: Pick<Workstation, 'store' | 'audit' | 'completeness'>): Pick<ParfocalApi, PlateCall> {
  const reader = createWellReader(db)
  return {
    'plates.list': async () =>
      ok(
        listPlates(db)
          .flatMap(plateId => plateSummary(db, plateId) ?? [])
          .filter(({ identifiedOtherwise }) => !identifiedOtherwise),
      ),

    'plates.open': async ({ plateId }) => {
      const summary = plateSummary(db, plateId)
      if (summary === undefined) return fail({ kind: 'plate-not-found', plateId })
      return ok(plateDetails(db, summary))
    },

    'plates.values': async ({ plateId, quantity }) => {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      return ok(await reader.values(plateId, quantity))
    },

    'plates.fields': async ({ plateId, well, history }) => {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      return ok([...fieldsOfWell(db, plateId, well, history)])
    },

    'plates.completeness': async ({ plateId }) => {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      return ok(completenessAnswer(db, completeness, plateId))
    },

    'layouts.read': async ({ csv }) => {
      const parsed = parsePlatemap(csv)
      return parsed.ok ? ok(parsed.value as LayoutWell[]) : parsed
    },

    'plates.annotate': async ({ plateId, csv }) => {
      if (!plateIsKnown(db, plateId)) return fail({ kind: 'plate-not-found', plateId })
      const parsed = csv === null ? ok([]) : parsePlatemap(csv)
      if (!parsed.ok) return parsed
      const wells = parsed.value as LayoutWell[]
      return attemptWrite(folder, () =>
        transaction(db, () => {
          const before = latestLayout(db, plateId)
          appendLayout(db, plateId, wells, new Date().toISOString())
          audit({
            action: 'set-layout',
            entity: 'plate',
            entityId: String(plateId),
            ...(before.length === 0 ? {} : { old: noted(before) }),
            new: noted(wells),
          })
          return wells
        }),
      )
    },
  }
}

/** A platemap as the audit trail keeps it. */
function noted(wells: readonly Readonly<LayoutWell>[]): { wells: number; sha256: string } {
  return { wells: wells.length, sha256: digestOf(wells.map(well => ({ ...well }))) }
}

function plateDetails(db: ReadableDb, summary: PlateSummary): PlateDetails {
  const { plateId } = summary
  const wells = wellRows(db, plateId)
  const layout = latestLayout(db, plateId) as LayoutWell[]
  return {
    summary,
    ...sizeOf(
      [...wells, ...layout].map(({ well }) => well),
      promisesOf(db, plateId).map(({ format }) => format),
    ),
    wells: [...wells],
    acquisitions: acquisitionsOf(db, plateId).map(run => ({
      acquisitionId: run.id,
      number: run.number,
      folder: run.folder,
      instrument: instrumentName(run.instrument),
      namedBy: run.namedBy,
      expected: run.expected,
      facts: runFacts(db, run.id),
    })),
    measures: [...new Set(measureListsOf(db, plateId).flatMap(measuresIn))],
    layout,
  }
}

/**
 * The plate as its index says it; else the smallest standard plate that has all these wells, or just as many rows and
 * columns as they need. 0 for none.
 */
function sizeOf(wells: readonly string[], formats: readonly (PlateSize | null)[]): PlateSize {
  const places = wells.flatMap(well => parseWell(well) ?? [])
  const said = formats.filter(format => format !== null)
  const format = said.length > 0 ? null : smallestPlate(places)
  if (format !== null && places.length > 0) return PLATE_FORMATS[format]
  const needed = places.map(({ row, column }) => ({ rows: row + 1, columns: column + 1 }))
  return [...said, ...needed].reduce(
    (size, { rows, columns }) => ({
      rows: Math.max(size.rows, rows),
      columns: Math.max(size.columns, columns),
    }),
    { rows: 0, columns: 0 },
  )
}
