/** What tells one version of a file from another. */
export interface FileVersion {
  readonly bytes: number
  readonly modified: string
}

export interface SettlePolicy {
  /** How often a file must be seen unchanged, at least. */
  readonly polls: number
  /** How long it must stay unchanged, ms. */
  readonly quietMs: number
  /** A file that is unchanged for so long and still not whole is handed on, ms: its reader says what is wrong. */
  readonly patienceMs: number
  /** Pause before a file is looked into again, ms; it doubles each time up to the longest. */
  readonly pauseMs: number
  readonly longestPauseMs: number
}

/**
 * What a look into a file says: complete by its own structure, cut short, held by another program, or that its disk
 * does not answer.
 *
 * Size alone cannot tell: Samba and some cameras reserve the whole size first.
 */
export type Wholeness = 'whole' | 'partial' | 'locked' | 'unreachable'

/**
 * How far a file is on its way to being taken.
 *
 * seen → settling → quiet → settled, back to seen whenever it changes, and gone when it cannot be
 * seen. A quiet file is to be looked into: `judge` then settles it, or sends it back to wait.
 */
export interface Settling {
  readonly status: 'seen' | 'settling' | 'quiet' | 'settled' | 'gone'
  readonly version: FileVersion
  /** When this version was first seen, ms. */
  readonly since: number
  readonly polls: number
  /** How often it was looked into in vain. */
  readonly tries: number
  /** Not to be looked into before, ms. */
  readonly retryAt: number
  /** What the last look into it said; null before the first. */
  readonly wholeness: Wholeness | null
}

export function firstSight({ bytes, modified }: FileVersion, now: number): Settling {
  return {
    status: 'seen',
    version: { bytes, modified },
    since: now,
    polls: 1,
    tries: 0,
    retryAt: now,
    wholeness: null,
  }
}

/** What one more poll makes of a file; `version` is null where it could not be seen. */
export function observe(
  settling: Settling,
  version: FileVersion | null,
  now: number,
  policy: SettlePolicy,
): Settling {
  if (version === null) return { ...settling, status: 'gone' }
  if (!sameVersion(settling.version, version)) return firstSight(version, now)
  const polls = settling.polls + 1
  const quiet =
    polls >= policy.polls && now - settling.since >= policy.quietMs && now >= settling.retryAt
  return { ...settling, status: quiet ? 'quiet' : 'settling', polls }
}

/** What a look into a file makes of it. One that is locked or out of reach is waited for as long as it takes. */
export function judge(
  settling: Settling,
  wholeness: Wholeness,
  now: number,
  policy: SettlePolicy,
): Settling {
  const impatient = wholeness === 'partial' && now - settling.since >= policy.patienceMs
  if (wholeness === 'whole' || impatient) return { ...settling, status: 'settled', wholeness }
  const pause = Math.min(policy.pauseMs * 2 ** settling.tries, policy.longestPauseMs)
  const tries = Math.min(settling.tries + 1, 64)
  return { ...settling, status: 'settling', wholeness, tries, retryAt: now + pause }
}

export function sameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.bytes === b.bytes && a.modified === b.modified
}
