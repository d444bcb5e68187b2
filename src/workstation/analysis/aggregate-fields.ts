import type { ObjectTable } from '#core/measure/object-table.ts'
import { aggregateObjects } from '#core/plate/aggregate.ts'
import type { AggregationJob, AggregationReply, WellSummary } from './job.ts'
import { readObjects } from './object-file.ts'

/** Fields → wells → plate. */
export async function aggregateFields({ fields }: AggregationJob): Promise<AggregationReply> {
  const startedAt = new Date().toISOString()
  const tables: { well: string | null; table: ObjectTable }[] = []
  for (const { well, table } of fields) tables.push({ well, table: await readObjects(table) })
  const wells = [...new Set(tables.map(({ well }) => well))].filter(well => well !== null).sort()
  const summaries = [
    summarise(
      null,
      tables.map(({ table }) => table),
    ),
    ...wells.map(name =>
      summarise(
        name,
        tables.filter(({ well }) => well === name).map(({ table }) => table),
      ),
    ),
  ]
  const endedAt = new Date().toISOString()
  return { kind: 'aggregation', startedAt, endedAt, summaries }
}

function summarise(well: string | null, tables: readonly ObjectTable[]): WellSummary {
  const { count, measures } = aggregateObjects.run(tables, aggregateObjects.defaults)
  return { well, fields: tables.length, count, measures }
}
