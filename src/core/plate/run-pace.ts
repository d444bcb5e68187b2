/** How fast the planes of a run come, all in milliseconds; kept while they do, in bounded space. */
export interface Pace {
  /** When the first and the last plane came, milliseconds since 1970; NaN before. */
  readonly firstAt: number
  readonly lastAt: number
  /** The last pauses between planes that came apart, oldest first. */
  readonly pauses: readonly number[]
  /** The two longest pauses so far, longest first; 0 for none. */
  readonly longest: readonly [number, number]
}

export const NO_PACE: Pace = { firstAt: NaN, lastAt: NaN, pauses: [], longest: [0, 0] }

/** Files settle in flocks: planes that come closer together than this came at once. */
const AT_ONCE_MS = 1000
/** So many pauses tell the pace. */
const KEPT = 64

/** The pace with one more plane. A clock that was set back makes no pause. */
export function keepPace(pace: Pace, at: number): Pace {
  if (Number.isNaN(pace.lastAt)) return { ...pace, firstAt: at, lastAt: at }
  const pause = at - pace.lastAt
  if (pause <= 0) return pace
  if (pause < AT_ONCE_MS) return { ...pace, lastAt: at }
  const [longest, second] = pace.longest
  return {
    firstAt: pace.firstAt,
    lastAt: at,
    pauses: [...pace.pauses.slice(1 - KEPT), pause],
    longest: pause > longest ? [pause, longest] : [longest, Math.max(second, pause)],
  }
}

/** The usual pause, the median of the last ones; 0 where everything came at once. */
export function usualPause({ pauses }: Pace): number {
  const sorted = [...pauses].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const LEAST_PATIENCE_MS = 10_000
const LEAST_QUIET_MS = 5 * 60_000
/** Between time points an instrument may rest for hours, and only the third tells that it does so by plan. */
const TIME_SERIES_QUIET_MS = 24 * 3_600_000

/** For so long the instrument must have gone on before a plane that it left out is late: files settle out of order. */
export function patience(pace: Pace): number {
  return Math.max(LEAST_PATIENCE_MS, 3 * usualPause(pace))
}

/**
 * After so long without a plane a run has ended.
 *
 * Twice the longest pause so far but one: a single longer one was a share that was away, or a night without Parfocal.
 *
 * @param restsUnknown whether time points are still to come of which fewer than three have begun
 */
export function quietTime({ longest: [, second] }: Pace, restsUnknown: boolean): number {
  return Math.max(restsUnknown ? TIME_SERIES_QUIET_MS : LEAST_QUIET_MS, 2 * second)
}
