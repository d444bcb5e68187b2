import { createDoneMarkers, type DoneMarkers } from './done-markers.ts'
import type { GrowingIndex } from './growing-indexes.ts'
import type { Settling } from './settle.ts'
import type { SurveyedFile } from './survey-folder.ts'
import type { WatchedFolder } from './watched-folder.ts'

/** What a watch knows of the files of its folder. */
export interface WatchState {
  readonly folder: WatchedFolder
  /** Paths at which something may have happened. */
  readonly hinted: Set<string>
  /** Files that have not settled. */
  readonly waiting: Map<string, Settling>
  /** Each file in the version that was last reported or known: one short text for each, for there are many. */
  readonly handled: Map<string, string>
  readonly markers: DoneMarkers
  readonly growing: Map<string, GrowingIndex>
}

export function beginWatch(folder: WatchedFolder): WatchState {
  return {
    folder,
    hinted: new Set(),
    waiting: new Map(),
    handled: new Map(),
    markers: createDoneMarkers(folder.doneMarker),
    growing: new Map(),
  }
}

/** Tells versions of one file apart. */
export function versionText({
  bytes,
  modified,
  array,
}: Omit<SurveyedFile, 'path' | 'absolute'>): string {
  return `${bytes} ${modified}${array === true ? ' array' : ''}`
}

/** The file that a text of its version was made for. */
export function fileOfVersion(path: string, absolute: string, version: string): SurveyedFile {
  const [bytes, modified = '', array] = version.split(' ')
  return { path, absolute, bytes: Number(bytes), modified, ...(array && { array: true }) }
}
