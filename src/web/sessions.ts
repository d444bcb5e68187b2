import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { WebLimits } from './limits.ts'

/** What a page gets for its code: it shows the secret with everything it asks. */
export interface Keys {
  readonly secret: string
  /** Gives new keys once, after a reload; the secret that came with it is void from then on. */
  readonly resume: string
  /** Whether the page was in before. */
  readonly resumed: boolean
}

/** One page that was let in. */
export interface Session {
  /** Aborted when the session ends: its page was reloaded. */
  readonly ended: AbortSignal
  /** Keeps the session from growing idle. @returns lets it. */
  hold(): () => void
}

/** Who has been let in. Only digests are kept, and they are compared in constant time. */
export interface Sessions {
  /** A new code that lets one page in, once, within this time. */
  issueCode(lifeMs: number): string
  /** Exchanges a code or a resume code; null for one that is wrong, used or too old. */
  enter(code: string): Keys | null
  admit(secret: string): Session | null
}

interface Code {
  readonly digest: Buffer
  readonly until: number
}

interface Seat {
  readonly secret: Buffer
  readonly resume: Buffer
  readonly end: AbortController
  usedAt: number
  holders: number
}

/** What is kept at most; the oldest goes first. */
const MOST_CODES = 64
const MOST_SEATS = 64

export function createSessions({ idleMs }: Pick<WebLimits, 'idleMs'>, now: () => number): Sessions {
  let codes: Code[] = []
  let seats: Seat[] = []

  function tidy(): void {
    codes = codes.filter(({ until }) => until > now()).slice(-MOST_CODES)
    const kept = seats
      .filter(({ usedAt, holders }) => holders > 0 || usedAt + idleMs > now())
      .slice(-MOST_SEATS)
    for (const seat of seats) if (!kept.includes(seat)) seat.end.abort()
    seats = kept
  }

  function sit(resumed: boolean): Keys {
    const keys = { secret: randomText(), resume: randomText(), resumed }
    seats.push({
      secret: digestOf(keys.secret),
      resume: digestOf(keys.resume),
      end: new AbortController(),
      usedAt: now(),
      holders: 0,
    })
    return keys
  }

  return {
    issueCode(lifeMs) {
      const code = randomText()
      codes.push({ digest: digestOf(code), until: now() + lifeMs })
      tidy()
      return code
    },

    enter(code) {
      tidy()
      const digest = digestOf(code)
      const fresh = find(codes, entry => entry.digest, digest)
      if (fresh !== null) {
        codes = codes.filter(entry => entry !== fresh)
        return sit(false)
      }
      const left = find(seats, seat => seat.resume, digest)
      if (left === null) return null
      seats = seats.filter(seat => seat !== left)
      left.end.abort()
      return sit(true)
    },

    admit(secret) {
      tidy()
      const seat = find(seats, ({ secret }) => secret, digestOf(secret))
      if (seat === null) return null
      seat.usedAt = now()
      return {
        ended: seat.end.signal,
        hold() {
          seat.holders += 1
          return () => {
            seat.holders -= 1
            seat.usedAt = now()
          }
        },
      }
    },
  }
}

/** 256 bits. */
function randomText(): string {
  return randomBytes(32).toString('base64url')
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Looks at all of them, so that the time it takes says nothing. */
function find<T>(entries: readonly T[], digest: (entry: T) => Buffer, wanted: Buffer): T | null {
  return entries.reduce<T | null>(
    (found, entry) => (timingSafeEqual(digest(entry), wanted) ? entry : found),
    null,
  )
}
