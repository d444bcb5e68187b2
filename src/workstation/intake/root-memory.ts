import { hasImageName } from './name-pattern.ts'
import type { SurveyedFile } from './survey-folder.ts'
import type { Listing } from './watched-folder.ts'

/** What a watched folder was when it was last there. */
export interface RootMemory {
  /** Whether the folder is on another disk, or is another folder, than when it was last there. */
  isElsewhere(disk: string | null): boolean
  /**
   * Why a listing without a fault shows something else than the folder all the same; null where it does not.
   *
   * A share that is unmounted leaves its mount point, which is an empty folder, or one with what somebody wrote into
   * it meanwhile.
   */
  absence(listing: Listing, past: Past): string | null
}

/** What is known of earlier listings. */
export interface Past {
  /** Whether files were accepted from this folder, in this session or before. */
  readonly wasFilled: boolean
  /** Whether a file was seen and done with in this session. */
  readonly isHandled: (path: string) => boolean
  readonly handled: number
}

export function rememberRoot(): RootMemory {
  let disk: string | null = null

  return {
    isElsewhere: now => disk !== null && disk !== now,

    absence({ files, disk: now }, { wasFilled, isHandled, handled }) {
      if (files.length === 0 && wasFilled) return 'it is empty; it held images before'
      const exchanged = disk !== null && now !== disk && handled > 0
      // Images come from an instrument, even if it is another disk that they come to.
      const isOurs = (file: SurveyedFile) => isHandled(file.path) || hasImageName(file)
      if (exchanged && !files.some(isOurs)) {
        return 'another disk is there, without the images that it held before'
      }
      disk = now
      return null
    },
  }
}
