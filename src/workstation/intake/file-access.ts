import type { Result } from '#core/fault.ts'
import type { ArrayExtent } from '../reading/zarr-structure.ts'
import type { ReadStart } from './read-start.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** What an image file says about itself; known without decoding a pixel. */
export interface ProbedImage {
  readonly pages: readonly {
    readonly width: number
    readonly height: number
    /** 1 gray, 3 RGB; see PageStructure. */
    readonly samples: number
    /** A level of a pyramid or a thumbnail; left out where it is not known. */
    readonly reduced?: boolean
  }[]
  /** Of a Zarr array. */
  readonly array?: ArrayExtent
}

export type ProbeImage = (absolute: string) => Promise<Result<ProbedImage>>

/** ImageDescription of a page of a TIFF, counted from 0; empty where it has none. OME-XML is at the first page. */
export type ReadDescription = (absolute: string, page: number) => Promise<Result<string>>

/** How intake looks into files: instruments touch the disk in no other way. */
export interface FileAccess {
  readonly readStart: ReadStart
  readonly probeImage: ProbeImage
  readonly readDescription: ReadDescription
  readonly remember: Remember
}

/**
 * What was read of this version of a file before, or what `read` makes of it now: an index of 100 MB is read once,
 * however often images arrive beside it. What `read` gives must depend on the file alone.
 *
 * @param reader tells readings of one file apart: the instrument's id, say
 */
export type Remember = <T>(reader: string, file: SurveyedFile, read: () => Promise<T>) => Promise<T>

/** Files whose newest readings are kept: the notes of every image of a large plate, and its indexes. */
const MOST_REMEMBERED = 65_536

/** Keeps the readings that were asked for last, of each file that of its newest version. */
export function rememberReadings(): Remember {
  interface Kept {
    readonly version: string
    readonly reading: Promise<unknown>
  }
  const readings = new Map<string, Kept>()
  return <T>(
    reader: string,
    { absolute, bytes, modified }: SurveyedFile,
    read: () => Promise<T>,
  ) => {
    const key = `${reader} ${absolute}`
    const version = `${bytes} ${modified}`
    const kept = readings.get(key)
    const reading = (kept?.version === version ? kept.reading : read()) as Promise<T>
    readings.delete(key)
    readings.set(key, { version, reading })
    if (readings.size > MOST_REMEMBERED) readings.delete(readings.keys().next().value!)
    // A reading that failed in an unforeseen way is tried again.
    reading.catch(() => {
      if (readings.get(key)?.reading === reading) readings.delete(key)
    })
    return reading
  }
}
