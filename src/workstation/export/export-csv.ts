import { join } from 'node:path'
import type { MeasureSummary } from '#core/plate/aggregate.ts'
import { readObjectNames, readObjects } from '../analysis/object-file.ts'
import { artifactPath } from '../record/artifacts.ts'
import { lastRecipeOf } from '../store/audit.ts'
import { latestAggregation, summariesOf, type SummaryRow } from '../store/objects.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { AcquisitionRow } from '../store/plates.ts'
import { fieldFlag, type ExportedField } from './exported-fields.ts'
import { fieldPredictionColumns, wellPredictionColumns } from './prediction-columns.ts'
import { writeCsv, type CsvRow as Row } from './write-csv.ts'

/**
 * Writes `image.csv`, `object.csv`, `well.csv` and `plate.csv` with CellProfiler's names.
 *
 * Rows are keyed by Metadata_Plate, Metadata_Well, Metadata_Site (and ObjectNumber); plates that share
 * a name carry their folder with it.
 * @returns the paths written
 */
export async function exportCsv(
  store: StoreReader,
  acquisitions: readonly AcquisitionRow[],
  fields: readonly ExportedField[],
  to: string,
): Promise<readonly string[]> {
  type Table = readonly [string, readonly string[], Iterable<Row> | AsyncIterable<Row>]
  const images = fields.map(imageRow)
  const tables: readonly Table[] = [
    ['image.csv', columnsOf(images), images],
    ['object.csv', await objectColumns(store, fields), objectRows(store, fields)],
    ...(['well', 'plate'] as const).map(level => {
      const rows = acquisitions.flatMap(run => summaryRows(store, run, fields, level))
      return [`${level}.csv`, columnsOf(rows), rows] as const
    }),
  ]
  const paths: string[] = []
  for (const [name, columns, rows] of tables) {
    const path = join(to, name)
    await writeCsv(path, columns, rows)
    paths.push(path)
  }
  return paths
}

function keys({ acquisition, plate, field }: ExportedField): Row {
  return {
    Metadata_Plate: plate,
    Metadata_Acquisition: acquisition.number,
    Metadata_Well: field.well,
    Metadata_Site: field.site,
    Metadata_Time: field.t,
    Metadata_Field: field.name,
  }
}

function flagColumns(exported: ExportedField): Row {
  const { failed, reasons } = fieldFlag(exported)
  return {
    Metadata_QCFlag: failed ? 1 : 0,
    Metadata_QCReasons: reasons.join(';'),
    Metadata_Superseded: exported.superseded ? 1 : 0,
  }
}

function imageRow(exported: ExportedField): Row {
  const channels = exported.channels.map(({ plane, path, verdict, metrics }) => {
    const slash = path.lastIndexOf('/')
    return {
      [`FileName_${plane.channel}`]: path.slice(slash + 1),
      [`PathName_${plane.channel}`]: plane.path.slice(0, -(path.length - slash)),
      [`Metadata_Z_${plane.channel}`]: plane.z,
      ...projectedColumn(exported, plane.channel),
      [`Metadata_Verdict_${plane.channel}`]: verdict ?? 'unreadable',
      ...Object.fromEntries(
        Object.entries(metrics).map(([name, value]) => [
          `ImageQuality_${name}_${plane.channel}`,
          value,
        ]),
      ),
    }
  })
  return Object.assign(
    { ...keys(exported) },
    flagColumns(exported),
    { Count_Nuclei: exported.objects?.count ?? null },
    fieldPredictionColumns(exported),
    ...channels,
  ) as Row
}

/** How many planes the objects were found or measured in, where they were projected: the others say what the sharpest is. */
function projectedColumn({ projected }: ExportedField, channel: string): Row {
  const planes = projected.get(channel)
  return planes === undefined ? {} : { [`Metadata_ProjectedPlanes_${channel}`]: planes }
}

async function objectColumns(
  store: StoreReader,
  fields: readonly ExportedField[],
): Promise<readonly string[]> {
  const measures = new Set<string>()
  for (const { objects } of fields) {
    if (objects === null || objects.count === 0) continue
    const names = await readObjectNames(artifactPath(store.folder, objects.table.location))
    for (const name of names) measures.add(`Nuclei_${name}`)
  }
  return [...OBJECT_KEYS, ...measures]
}

/** Columns that say which object a row is of. */
export const OBJECT_PLACE = [
  'Metadata_Plate',
  'Metadata_Acquisition',
  'Metadata_Well',
  'Metadata_Site',
  'Metadata_Time',
  'Metadata_Field',
  'ObjectNumber',
] as const

const OBJECT_KEYS = [
  ...OBJECT_PLACE,
  'Metadata_QCFlag',
  'Metadata_QCReasons',
  'Metadata_Superseded',
] as const

/** One field's objects in memory at a time. */
async function* objectRows(
  store: StoreReader,
  fields: readonly ExportedField[],
): AsyncGenerator<Row> {
  for (const exported of fields) {
    if (exported.objects === null || exported.objects.count === 0) continue
    const { location } = exported.objects.table
    const { count, columns } = await readObjects(artifactPath(store.folder, location))
    const key = { ...keys(exported), ...flagColumns(exported) }
    for (let i = 0; i < count; i += 1) {
      const measures = columns.map(({ name, values }) => [`Nuclei_${name}`, values[i]!] as const)
      yield { ...key, ObjectNumber: i + 1, ...Object.fromEntries(measures) }
    }
  }
}

function summaryRows(
  { db }: StoreReader,
  run: AcquisitionRow,
  fields: readonly ExportedField[],
  level: 'well' | 'plate',
): readonly Row[] {
  const own = fields.filter(({ acquisition }) => acquisition.id === run.id)
  const recipeHash = lastRecipeOf(db, run.id)
  const aggregation = recipeHash === null ? undefined : latestAggregation(db, run.id, recipeHash)
  const plate = own[0]?.plate
  if (aggregation === undefined || plate === undefined) return []
  const failed = countByWell(own.filter(exported => fieldFlag(exported).failed))
  const predictions = wellPredictionColumns(own)
  const superseded = countByWell(
    own.filter(exported => exported.objects !== null && exported.superseded),
  )
  return summariesOf(db, aggregation)
    .filter(({ well }) => (level === 'plate') === (well === null))
    .map(summary => {
      const within = (some: ReadonlyMap<string | null, number>): number =>
        some.get(summary.well) ?? 0
      const row = summaryRow(plate, run, summary, within(failed), within(superseded) > 0)
      return { ...row, ...predictions(summary.well) }
    })
}

/** Fields by well; all of them at null, which is the plate. */
function countByWell(fields: readonly ExportedField[]): ReadonlyMap<string | null, number> {
  const wells = Map.groupBy(fields, ({ field }) => field.well)
  const counts = [...wells].map(([well, own]) => [well, own.length] as const)
  return new Map([...counts, [null, fields.length]])
}

function summaryRow(
  plate: string,
  run: AcquisitionRow,
  summary: SummaryRow,
  failed: number,
  superseded: boolean,
): Row {
  const measures = JSON.parse(summary.measures) as readonly MeasureSummary[]
  return {
    Metadata_Plate: plate,
    Metadata_Acquisition: run.number,
    ...(summary.well === null ? {} : { Metadata_Well: summary.well }),
    Metadata_Superseded: superseded ? 1 : 0,
    Count_Fields: summary.fields,
    Count_FieldsFailed: failed,
    Count_Nuclei: summary.count,
    ...Object.fromEntries(
      measures.flatMap(({ name, mean, median, mad }) => [
        [`Mean_Nuclei_${name}`, mean],
        [`Median_Nuclei_${name}`, median],
        [`MAD_Nuclei_${name}`, mad],
      ]),
    ),
  }
}

/** Every column that some row has, in the order of first appearance. */
function columnsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap(row => Object.keys(row)))]
}
