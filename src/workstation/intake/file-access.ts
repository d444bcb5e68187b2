import { AsyncLocalStorage } from 'node:async_hooks'
import type { FaultKind, Result } from '#core/fault.ts'
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

/** Looks into files, each time anew. */
export interface FileLooks {
  readonly readStart: ReadStart
  readonly probeImage: ProbeImage
  readonly readDescription: ReadDescription
}

/** How intake looks into files: instruments touch the disk in no other way. */
export interface FileAccess extends FileLooks {
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

/** What says nothing of a file, for another look may not meet it. */
const PASSING: readonly FaultKind[] = [
  'file-locked',
  'file-not-found',
  'file-changed',
  'folder-offline',
]

/**
 * Keeps the readings that were asked for last, of each file that of its newest version. One in which a look met a fault
 * that may pass is not kept, whatever the reading made of it.
 */
export function rememberReadings(looks: FileLooks): FileAccess {
  interface Sound {
    sound: boolean
  }
  interface Kept extends Sound {
    readonly version: string
    readonly reading: Promise<unknown>
  }
  const readings = new Map<string, Kept>()
  /** The reading in which a look is made. */
  const around = new AsyncLocalStorage<Sound>()

  async function noted<T>(look: Promise<Result<T>>): Promise<Result<T>> {
    const seen = await look
    const reading = around.getStore()
    if (reading !== undefined && !seen.ok && PASSING.includes(seen.fault.kind))
      reading.sound = false
    return seen
  }

  async function remember<T>(
    reader: string,
    { absolute, bytes, modified }: SurveyedFile,
    read: () => Promise<T>,
  ): Promise<T> {
    const key = `${reader} ${absolute}`
    const version = `${bytes} ${modified}`
    const before = readings.get(key)
    const kept = before?.version === version ? before : begin(version, read)
    readings.delete(key)
    readings.set(key, kept)
    if (readings.size > MOST_REMEMBERED) readings.delete(readings.keys().next().value!)
    try {
      return (await kept.reading) as T
    } catch (cause) {
      // What failed in an unforeseen way is tried again.
      kept.sound = false
      throw cause
    } finally {
      if (!kept.sound) {
        if (readings.get(key) === kept) readings.delete(key)
        const outer = around.getStore()
        if (outer !== undefined) outer.sound = false
      }
    }
  }

  function begin<T>(version: string, read: () => Promise<T>): Kept {
    const state = { sound: true }
    const reading = around.run(state, read)
    return Object.assign(state, { version, reading })
  }

  return {
    readStart: (path, limit) => noted(looks.readStart(path, limit)),
    probeImage: path => noted(looks.probeImage(path)),
    readDescription: (path, page) => noted(looks.readDescription(path, page)),
    remember,
  }
}
