import { INSTRUMENTS } from './instruments/registry.ts'

/** Whether a file is an index to which an instrument adds while it images, so that it never rests. */
export function isGrowingIndex(path: string): boolean {
  return INSTRUMENTS.some(({ growingIndex }) => growingIndex?.(path) === true)
}

/** How a growing index is handed on. */
export interface GrowingIndex {
  /** When its present version, or the one before it, was first waited for, ms. */
  readonly waitsSince: number
  /** When it was last handed on, ms; null where it never was. */
  readonly handedOnAt: number | null
}

/** Unchanged for one poll it is likely to be complete up to its last line; else it is not waited for longer, ms. */
const FIRST_WITHIN_MS = 2_000
/** Each version has all images placed again, ms. */
const PAUSE_MS = 10_000

/** Whether a growing index is to be handed on as it is now. */
export function isDue(
  { waitsSince, handedOnAt }: GrowingIndex,
  unchanged: boolean,
  now: number,
): boolean {
  if (handedOnAt === null) return unchanged || now - waitsSince >= FIRST_WITHIN_MS
  return now - handedOnAt >= PAUSE_MS
}
