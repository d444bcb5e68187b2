import { setImmediate } from 'node:timers/promises'
import type { WellQuantity, WellValues } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { combineSummaries, single, type PartSummary } from '#core/plate/combine-summaries.ts'
import { compareWells } from '../intake/group-fields.ts'
import { all, type ReadableDb } from '../store/db.ts'
import { measureIn } from './measure-in.ts'
import { summarisedWells } from './summarised-wells.ts'

/** What is known of a quantity from one activity. A record never changes, so it need be read only once. */
type Parts = Map<number, PartSummary | null>

/** Quantities that are kept in memory; a plate of 100,000 planes takes about 3 MB for each. */
const KEPT = 12
/** Records that are read before others get their turn. */
const AT_ONCE = 400

/** Reads numbers for the wells of plates, and remembers what records say. */
export interface WellReader {
  values(plateId: PlateId, quantity: WellQuantity): Promise<WellValues>
}

export function createWellReader(db: ReadableDb): WellReader {
  const known = new Map<string, Parts>()

  /** What is known of a quantity so far; those that nobody asked for longest are forgotten. */
  function partsOf(plateId: PlateId, quantity: WellQuantity): Parts {
    const name = quantity.kind === 'metric' ? quantity.metric : quantity.measure
    const key = `${plateId} ${quantity.kind} ${name}`
    const parts: Parts = known.get(key) ?? new Map()
    known.delete(key)
    known.set(key, parts)
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return parts
  }

  return {
    async values(plateId, quantity) {
      const sources = sourcesOf(db, plateId, quantity)
      const parts = partsOf(plateId, quantity)
      const summarised =
        quantity.kind === 'measure' ? summarisedWells(db, plateId, quantity.measure) : new Map()
      const wanted = sources.filter(({ well }) => !summarised.has(well))
      await readParts(db, quantity, parts, wanted)
      const byWell = Map.groupBy(sources, ({ well }) => well)
      const wells = [...byWell.keys()].sort(compareWells)
      let exact = true
      const values = wells.map(well => {
        const summary: PartSummary | undefined = summarised.get(well)
        const own =
          summary === undefined
            ? byWell.get(well)!.flatMap(({ sequence }) => parts.get(sequence) ?? [])
            : [summary]
        if (quantity.statistic === 'median' && quantity.kind === 'measure') {
          exact &&= own.length < 2
        }
        return combineSummaries(own, quantity.statistic)
      })
      return { wells, values, exact }
    },
  }
}

/** A record that says something about a well. */
interface Source {
  readonly well: string
  readonly sequence: number
}

function sourcesOf(db: ReadableDb, plateId: PlateId, quantity: WellQuantity): readonly Source[] {
  return quantity.kind === 'measure'
    ? all<Source>(
        db,
        `SELECT well, sequence FROM fieldStanding
         WHERE plateId = ? AND well <> '' AND counts = 1 AND sequence IS NOT NULL`,
        plateId,
      )
    : all<Source>(
        db,
        `SELECT well, sequence FROM planeStanding
         WHERE plateId = ? AND well IS NOT NULL AND channel = ? AND supersededBy IS NULL
           AND state IN ('pass', 'fail', 'cannot-judge') AND sequence IS NOT NULL`,
        plateId,
        quantity.channel,
      )
}

async function readParts(
  db: ReadableDb,
  quantity: WellQuantity,
  parts: Parts,
  sources: readonly Source[],
): Promise<void> {
  const unread = sources.flatMap(({ sequence }) => (parts.has(sequence) ? [] : [sequence]))
  for (let from = 0; from < unread.length; from += AT_ONCE) {
    if (from > 0) await setImmediate()
    const some = JSON.stringify(unread.slice(from, from + AT_ONCE))
    if (quantity.kind === 'metric') readMetric(db, quantity.metric, parts, some)
    else readMeasure(db, quantity.measure, parts, some)
  }
}

function readMetric(db: ReadableDb, metric: string, parts: Parts, sequences: string): void {
  const rows = all<{ sequence: number; value: number | null }>(
    db,
    `SELECT activity.sequence, json_extract(verdict.metrics, '$.' || ?) AS value
     FROM json_each(?) AS wanted
     JOIN activity ON activity.sequence = wanted.value
     JOIN verdict ON verdict.activityId = activity.id`,
    metric,
    sequences,
  )
  for (const { sequence, value } of rows) parts.set(sequence, value === null ? null : single(value))
}

function readMeasure(db: ReadableDb, measure: string, parts: Parts, sequences: string): void {
  const rows = all<{ sequence: number; count: number; measures: string }>(
    db,
    `SELECT activity.sequence, fieldObjects.count, fieldObjects.measures
     FROM json_each(?) AS wanted
     JOIN activity ON activity.sequence = wanted.value
     JOIN fieldObjects ON fieldObjects.activityId = activity.id`,
    sequences,
  )
  for (const { sequence, count, measures } of rows) {
    parts.set(sequence, measureIn(measures, count, measure))
  }
}
