import type { QualitySettings } from '../quality/rules.ts'
import { findingsOf, type Finding, type JudgedPlane } from './findings.ts'

export interface FlaggedPlane extends JudgedPlane {
  readonly state: 'fail' | 'cannot-judge' | 'unreadable'
}

/** Of what cannot be read: worse than anything measured, whose severity ends at {@link MOST}. */
const UNREADABLE = 100
const MOST = 16
const CANNOT_JUDGE = -1

/**
 * How bad a flagged plane is: by how many doublings the worst of its measurements lies beyond its limit.
 *
 * Doublings put measures with any unit on one scale, whichever way they fail: half the sharpness that is
 * wanted and twice the saturation that is allowed are both 1. What cannot be read is worst of all, what
 * cannot be judged comes after everything that fails.
 */
export function severityOf(
  { state, ...plane }: FlaggedPlane,
  settings: Pick<QualitySettings, 'rules' | 'baselines'>,
): number {
  if (state === 'unreadable') return UNREADABLE
  if (state === 'cannot-judge') return CANNOT_JUDGE
  return Math.max(0, ...findingsOf(plane, settings).map(doublingsBeyond))
}

/** 0 at the limit. A limit of zero has no doublings: there the distance counts from 1. */
export function doublingsBeyond({ value, limit, fails }: Finding): number {
  if (value === null) return 0
  const beyond = fails === 'below' ? limit - value : value - limit
  if (beyond <= 0) return 0
  if (limit === 0) return capped(Math.log2(1 + beyond))
  const awayFromZero = fails === 'below' ? limit < 0 : limit > 0
  const ratio = awayFromZero ? value / limit : limit / value
  // At zero, or past it, there is nothing left of what was wanted.
  return ratio > 0 ? capped(Math.log2(ratio)) : MOST
}

function capped(doublings: number): number {
  return Math.min(doublings, MOST)
}
