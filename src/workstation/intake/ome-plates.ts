import { wellName, type PlateSize } from '#core/plate/well.ts'
import { readPosition } from './ome-images.ts'
import type { OmePlate, OmePosition, OmeRun, OmeSample } from './ome-metadata.ts'
import type { XmlElement, XmlVisitor } from './visit-xml.ts'

/** Rows and columns that a well's name can count. */
const PLATE_LIMITS = { rows: 52, columns: 99 }

type Attributes = XmlElement['attributes']

export interface OmePlates extends Required<XmlVisitor> {
  /** What cannot be; null while all is well. */
  readonly problem: () => string | null
  readonly plates: readonly OmePlate[]
}

interface RunDraft extends Omit<OmeRun, 'samples'> {
  readonly samples: string[]
}

interface PlateDraft extends Omit<OmePlate, 'samples' | 'runs'> {
  readonly samples: OmeSample[]
  readonly runs: RunDraft[]
}

/** Collects the plates of an OME-XML text (SPW). Rows and columns count from 0. */
export function readOmePlates(): OmePlates {
  const plates: PlateDraft[] = []
  let well: string | null = null
  let sample: { -readonly [K in keyof OmeSample]: OmeSample[K] } | null = null
  let problem: string | null = null

  return {
    plates,
    problem: () => problem,

    open({ name, attributes, within }) {
      const parent = within.at(-1)
      const plate = plates.at(-1)
      if (name === 'Plate' && parent === 'OME') plates.push(beginPlate(attributes))
      else if (plate === undefined) return
      else if (name === 'Well' && parent === 'Plate') {
        well = readWell(attributes)
        if (well === null)
          problem = `no plate has the well of row ${attributes['Row']}, column ${attributes['Column']}`
      } else if (name === 'WellSample' && parent === 'Well' && well !== null) {
        sample = { ...readSample(attributes), well, image: null }
      } else if (name === 'ImageRef' && parent === 'WellSample' && sample !== null) {
        sample.image = attributes['ID'] ?? null
      } else if (name === 'PlateAcquisition' && parent === 'Plate') {
        plate.runs.push({
          id: attributes['ID'] ?? '',
          name: attributes['Name'] || null,
          startedAt: attributes['StartTime'] || null,
          samples: [],
        })
      } else if (name === 'WellSampleRef' && parent === 'PlateAcquisition') {
        plate.runs.at(-1)?.samples.push(attributes['ID'] ?? '')
      }
    },

    close({ name }) {
      if (name !== 'WellSample' || sample === null) return
      plates.at(-1)?.samples.push(sample)
      sample = null
    },
  }
}

function beginPlate(attributes: Attributes): PlateDraft {
  return {
    id: attributes['ID'] ?? '',
    name: attributes['Name'] || null,
    externalId: attributes['ExternalIdentifier'] || null,
    format: readFormat(attributes),
    samples: [],
    runs: [],
  }
}

function readFormat(attributes: Attributes): PlateSize | null {
  const [rows, columns] = ['Rows', 'Columns'].map(name => Number(attributes[name] ?? NaN))
  const between = (value: number, limit: number) =>
    Number.isInteger(value) && value >= 1 && value <= limit
  const known = between(rows!, PLATE_LIMITS.rows) && between(columns!, PLATE_LIMITS.columns)
  return known ? { rows: rows!, columns: columns! } : null
}

function readWell(attributes: Attributes): string | null {
  const [row, column] = ['Row', 'Column'].map(name => {
    const text = attributes[name] ?? ''
    return /^\d{1,3}$/.test(text) ? Number(text) : Infinity
  })
  const outside = row! >= PLATE_LIMITS.rows || column! >= PLATE_LIMITS.columns
  return outside ? null : wellName({ row: row!, column: column! })
}

function readSample(attributes: Attributes): {
  readonly id: string
  readonly index: number | null
  readonly position: OmePosition | null
} {
  const index = attributes['Index'] ?? ''
  return {
    id: attributes['ID'] ?? '',
    index: /^\d{1,9}$/.test(index) ? Number(index) : null,
    position: readPosition(attributes, 'Position', ''),
  }
}
