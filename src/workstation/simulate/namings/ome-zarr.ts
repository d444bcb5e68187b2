import { halveByMean } from '#core/image/halve-by-mean.ts'
import type { Plane } from '#core/image/plane.ts'
import { PLATE_FORMATS, parseWell, rowName, wellName } from '#core/plate/well.ts'
import { fieldPosition, type ImagedPlate } from '../imaged-plate.ts'
import type { FieldImages, Naming, WrittenFile } from '../naming.ts'
import {
  jsonFile,
  jsonText,
  zarrArray2,
  zarrArray3,
  type ArrayFile,
  type DrawnArray,
} from '../zarr-array.ts'

/** How a version of OME-Zarr writes groups and arrays. */
interface Dialect {
  /** Path and content of the files that make a folder a group. */
  readonly group: (folder: string, ome: object) => readonly { path: string; content: object }[]
  readonly array: (array: DrawnArray) => readonly ArrayFile[]
  /** Stands in each object of the older version. */
  readonly version: object
}

const OLDER: Dialect = {
  group: (folder, ome) => [
    { path: `${folder}/.zgroup`, content: { zarr_format: 2 } },
    { path: `${folder}/.zattrs`, content: ome },
  ],
  array: zarrArray2,
  version: { version: '0.4' },
}

const NEWER: Dialect = {
  group: (folder, ome) => {
    const attributes = { ome: { version: '0.5', ...ome } }
    const content = { zarr_format: 3, node_type: 'group', attributes }
    return [{ path: `${folder}/zarr.json`, content }]
  },
  array: zarrArray3,
  version: {},
}

/** OME-Zarr (OME-NGFF): a plate of rows, wells and images in two sizes; the metadata of plate and wells comes first. */
export const omeZarrNaming = namingOf(OLDER)
export const omeZarr05Naming = namingOf(NEWER)

function namingOf(dialect: Dialect): Naming {
  return {
    packs: 'field',
    planePath: (plate, place) => `${imageFolder(plate, place)}/0`,
    files: (plate, images) => imageFiles(dialect, plate, images),
    sideFiles: (plate, imagedFields) =>
      imagedFields > 0
        ? []
        : groups(dialect, plate).map(({ path, content }) => ({ path, text: jsonText(content) })),
  }
}

type Place = Pick<FieldImages, 'well' | 'site'>

function wellPath(well: string): string {
  const { row, column } = parseWell(well)!
  return `${rowName(row)}/${column + 1}`
}

/** Images of a well are counted from 0. */
function imageFolder({ name }: ImagedPlate, { well, site }: Place): string {
  return `${name}.zarr/${wellPath(well)}/${site - 1}`
}

function groups({ group, version }: Dialect, plate: ImagedPlate) {
  const { rows, columns } = PLATE_FORMATS[plate.format]
  const wells = new Map(plate.fields.map(({ well }) => [wellName(well), well]))
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)
  const top = `${plate.name}.zarr`
  const described = {
    plate: {
      acquisitions: [{ id: 0, maximumfieldcount: plate.sitesPerWell }],
      columns: upTo(columns).map(column => ({ name: `${column + 1}` })),
      field_count: plate.sitesPerWell,
      name: plate.name,
      rows: upTo(rows).map(row => ({ name: rowName(row) })),
      ...version,
      wells: [...wells].map(([name, { row, column }]) => ({
        path: wellPath(name),
        rowIndex: row,
        columnIndex: column,
      })),
    },
  }
  const images = upTo(plate.sitesPerWell).map(site => ({ acquisition: 0, path: `${site}` }))
  const lettered = new Set([...wells.values()].map(({ row }) => rowName(row)))
  return [
    ...group(top, described),
    ...[...lettered].flatMap(row => group(`${top}/${row}`, {})),
    ...[...wells.keys()].flatMap(well =>
      group(`${top}/${wellPath(well)}`, { well: { images, ...version } }),
    ),
  ]
}

function imageFiles(
  dialect: Dialect,
  plate: ImagedPlate,
  images: FieldImages,
): readonly WrittenFile[] {
  const folder = imageFolder(plate, images)
  const planes = plate.channels.map(
    (_, i) => images.planes.find(({ wave }) => wave === i + 1)?.plane ?? null,
  )
  const halves = planes.map(plane => (plane === null ? null : halveByMean(plane)))
  const metadata = dialect.group(folder, describeImage(dialect, plate, images.site))
  const beside = [
    ...metadata.map(({ path, content }) => jsonFile(path, content)),
    ...dialect.array(drawn(`${folder}/1`, halves)),
  ]
  const whole = dialect.array(drawn(`${folder}/0`, planes))
  return [
    ...beside.map(file => ({ ...file, waves: [] })),
    ...whole.map(({ path, bytes, place }) => {
      return { path, bytes, waves: place === undefined ? [] : [place + 1] }
    }),
  ]
}

function drawn(path: string, planes: readonly (Plane | null)[]): DrawnArray {
  const { width, height } = planes.find(plane => plane !== null)!
  return { path, width, height, planes: planes.map(plane => plane?.pixels ?? null) }
}

function describeImage({ version }: Dialect, plate: ImagedPlate, site: number): object {
  const { channels, width, height, optics } = plate
  const middle = fieldPosition(plate, site)
  const space = { type: 'space', unit: 'micrometer' }
  const level = (path: string, step: number) => ({
    path,
    coordinateTransformations: [
      { type: 'scale', scale: [1, optics.pixelSize * step, optics.pixelSize * step] },
      {
        type: 'translation',
        translation: [
          0,
          middle.y - (height * optics.pixelSize) / 2,
          middle.x - (width * optics.pixelSize) / 2,
        ],
      },
    ],
  })
  return {
    multiscales: [
      {
        axes: [
          { name: 'c', type: 'channel' },
          { name: 'y', ...space },
          { name: 'x', ...space },
        ],
        datasets: [level('0', 1), level('1', 2)],
        ...version,
      },
    ],
    omero: {
      channels: channels.map(({ name }, i) => ({
        active: true,
        color: COLOURS[i % COLOURS.length],
        label: name,
        window: { min: 0, max: 65_535, start: 0, end: 4095 },
      })),
    },
  }
}

const COLOURS = ['0000FF', '00FF00', 'FF0000', 'FFFF00', 'FF00FF']
