import { z } from 'zod'
import { parseRow, parseWell, wellName, type PlateSize } from '#core/plate/well.ts'
import { spaceOf, TRANSFORMS, type ImageSpace } from './ngff-space.ts'

/** What the metadata of a Zarr group says in the words of OME-NGFF. */
export type NgffGroup = NgffPlate | NgffWell | NgffImage | { readonly kind: 'other' }

export interface NgffPlate {
  readonly kind: 'plate'
  readonly name: string | null
  /** Null where the rows and columns are not those of a plate from A1 on: some list those that were imaged. */
  readonly format: PlateSize | null
  readonly wells: readonly { readonly well: string; readonly path: string }[]
  readonly acquisitions: readonly NgffAcquisition[]
  /** The largest number of fields in a well. */
  readonly fieldCount: number | null
}

export interface NgffAcquisition {
  /** 0 is legal. */
  readonly id: number
  readonly name: string | null
  readonly fieldCount: number | null
  /** ISO 8601, UTC. */
  readonly startedAt: string | null
}

export interface NgffWell {
  readonly kind: 'well'
  readonly images: readonly { readonly path: string; readonly acquisition: number | null }[]
}

export interface NgffImage {
  readonly kind: 'image'
  /** Names of the axes, the slowest first; the last two are y and x. */
  readonly axes: readonly string[]
  /** Path of its array of full size. */
  readonly array: string
  readonly space: ImageSpace
  /** In the order of the axis; there may be fewer or more of them than channels. */
  readonly labels: readonly (string | null)[]
}

export type GroupReading =
  | { readonly ok: true; readonly group: NgffGroup }
  | { readonly ok: false; readonly problem: string }

/**
 * Reads the `.zattrs` of a group (OME-NGFF 0.4) or its `zarr.json` (0.5, under `ome`).
 *
 * Read from the specifications of ome/ngff and what ome-zarr-py, bioformats2raw and Fractal write: versions may be missing,
 * paths may be numbers, and acquisitions are counted from 0 or 1.
 */
export function parseNgffGroup(name: string, json: Uint8Array): GroupReading {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder().decode(json))
  } catch {
    return { ok: false, problem: 'it is no JSON' }
  }
  const told = name === 'zarr.json' ? NEWER.safeParse(parsed).data?.attributes?.ome : parsed
  const what = KINDS.safeParse(told)
  if (!what.success) return { ok: true, group: { kind: 'other' } }
  const read =
    what.data.plate !== undefined
      ? PLATE.safeParse(what.data.plate)
      : what.data.well !== undefined
        ? WELL.safeParse(what.data.well)
        : what.data.multiscales !== undefined && what.data['image-label'] === undefined
          ? IMAGE.safeParse(what.data)
          : null
  if (read === null) return { ok: true, group: { kind: 'other' } }
  if (read.success) return { ok: true, group: read.data }
  return { ok: false, problem: isOlder(what.data.multiscales) ? OLDER : problemOf(read.error) }
}

const OLDER = 'it is OME-NGFF of a version before 0.4, which is not supported'

const VERSIONED = z.object({
  version: z.unknown().optional(),
  axes: z.unknown().optional(),
  datasets: z.unknown().optional(),
})

/** Images named no axes before 0.3, and no coordinate transformations before 0.4. */
function isOlder(multiscales: unknown): boolean {
  const read = z.array(VERSIONED).safeParse(multiscales)
  const [image] = read.data ?? []
  if (image === undefined) return false
  if (typeof image.version === 'string') return /^0\.[0-3](?!\d)/.test(image.version)
  return image.axes === undefined && image.datasets !== undefined
}

/** `multiscales.0.datasets is missing`, or what is said there of its own. */
function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues
  const place = (issue?.path ?? []).join('.') || 'it'
  if (issue === undefined) return 'it is not as OME-NGFF says'
  if (issue.code === 'custom') return `${place}: ${issue.message}`.slice(0, 200)
  const gone = issue.message.includes('received undefined')
  return `${place} ${gone ? 'is missing' : 'is not as OME-NGFF says'}`.slice(0, 200)
}

const NEWER = z.object({ attributes: z.object({ ome: z.unknown() }).optional() })

const KINDS = z.object({
  plate: z.unknown().optional(),
  well: z.unknown().optional(),
  multiscales: z.unknown().optional(),
  'image-label': z.unknown().optional(),
  omero: z.unknown().optional(),
})

const NAME = z.coerce.string().min(1).max(200)
const PATH = z.union([z.string(), z.int()]).transform(String).pipe(z.string().min(1).max(1000))
const COUNT = z.int().min(1).max(10_000).nullish().catch(null)
const MOST_WELLS = 52 * 99

const PLATE = z
  .object({
    name: NAME.nullish().catch(null),
    rows: z.array(z.object({ name: NAME })).max(MOST_WELLS),
    columns: z.array(z.object({ name: NAME })).max(MOST_WELLS),
    wells: z
      .array(
        z.object({
          path: PATH,
          rowIndex: z.int().min(0).optional(),
          columnIndex: z.int().min(0).optional(),
        }),
      )
      .max(MOST_WELLS),
    acquisitions: z
      .array(
        z.object({
          id: z.int().min(0),
          name: NAME.nullish().catch(null),
          maximumfieldcount: COUNT,
          starttime: z.number().min(0).nullish().catch(null),
        }),
      )
      .max(1000)
      .default([]),
    field_count: COUNT,
  })
  .transform((plate, context): NgffPlate => {
    const { rows, columns } = plate
    const wells = plate.wells.map(well => ({
      path: well.path,
      well: nameOfWell(
        well,
        rows[well.rowIndex ?? -1]?.name,
        columns[well.columnIndex ?? -1]?.name,
      ),
    }))
    const odd = wells.find(({ well }) => well === null)
    if (odd !== undefined) {
      context.addIssue({ code: 'custom', path: ['wells'], message: `${odd.path} is no well` })
      return z.NEVER
    }
    const whole =
      rows.every(({ name }, row) => parseRow(name) === row) &&
      columns.every(({ name }, column) => Number(name) === column + 1)
    return {
      kind: 'plate',
      name: plate.name ?? null,
      format: whole ? { rows: rows.length, columns: columns.length } : null,
      wells: wells.map(({ path, well }) => ({ path, well: well! })),
      acquisitions: plate.acquisitions.map(({ id, name, maximumfieldcount, starttime }) => ({
        id,
        name: name ?? null,
        fieldCount: maximumfieldcount ?? null,
        startedAt: timeOf(starttime ?? null),
      })),
      fieldCount: plate.field_count ?? null,
    }
  })

/** By the names of its row and column, else by its path, else by its place among rows and columns. */
function nameOfWell(
  {
    path,
    rowIndex,
    columnIndex,
  }: { path: string; rowIndex?: number | undefined; columnIndex?: number | undefined },
  row: string | undefined,
  column: string | undefined,
): string | null {
  const position =
    parseWell(`${row}${column}`) ??
    parseWell(path.replace('/', '')) ??
    (rowIndex === undefined || columnIndex === undefined
      ? null
      : { row: rowIndex, column: columnIndex })
  if (position === null || parseWell(wellName(position)) === null) return null
  return wellName(position)
}

/** Milliseconds since 1970, as the specification's example; small numbers are seconds. */
function timeOf(starttime: number | null): string | null {
  if (starttime === null || starttime === 0) return null
  const date = new Date(starttime < 1e11 ? starttime * 1000 : starttime)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

const WELL = z
  .object({
    images: z.array(z.object({ path: PATH, acquisition: z.int().min(0).nullish() })).max(10_000),
  })
  .transform(({ images }): NgffWell => ({
    kind: 'well',
    images: images.map(({ path, acquisition }) => ({ path, acquisition: acquisition ?? null })),
  }))

const AXIS = z.object({
  name: z.string().max(100),
  unit: z.string().max(100).nullish().catch(null),
})

const IMAGE = z
  .object({
    multiscales: z
      .array(
        z.object({
          axes: z
            .array(z.union([AXIS, z.string().transform(name => ({ name, unit: null }))]))
            .min(2)
            .max(5),
          datasets: z
            .array(z.object({ path: PATH, coordinateTransformations: TRANSFORMS }))
            .min(1)
            .max(100),
          coordinateTransformations: TRANSFORMS,
        }),
      )
      .min(1)
      .max(100),
    omero: z
      .object({
        channels: z
          .array(z.object({ label: z.coerce.string().max(200).nullish().catch(null) }).catch({}))
          .max(1000),
      })
      .optional()
      .catch(undefined),
  })
  .transform(({ multiscales, omero }, context): NgffImage => {
    const { axes, datasets, coordinateTransformations } = multiscales[0]!
    const names = axes.map(({ name }) => name)
    if (names.slice(-2).join('') !== 'yx' || !names.slice(0, -2).every(isKnownAxis(names))) {
      context.addIssue({ code: 'custom', path: ['axes'], message: `axes ${names.join(', ')}` })
      return z.NEVER
    }
    const [full] = datasets
    return {
      kind: 'image',
      axes: names,
      array: full!.path,
      space: spaceOf(axes, [full!.coordinateTransformations, coordinateTransformations]),
      labels: omero?.channels.map(({ label }) => label || null) ?? [],
    }
  })

function isKnownAxis(names: readonly string[]): (name: string) => boolean {
  return name => ['t', 'c', 'z'].includes(name) && names.indexOf(name) === names.lastIndexOf(name)
}
