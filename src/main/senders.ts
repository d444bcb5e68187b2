import { isOurs } from './origin.ts'

/** The part of a frame that tells whether it may call. */
export interface Frame {
  readonly url: string
  /** The frame that holds this one; null for the window's own page. */
  readonly parent: unknown
}

/** Only the window's own page may call. A frame that is gone by now (null) may not. */
export function isTrustedSender(frame: Frame | null): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url)
}
