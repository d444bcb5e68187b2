/** Counts wrong codes, so that nobody tries many. */
export interface WrongCodes {
  /** Milliseconds until a code is looked at again; 0 where one may be tried now. */
  waitMs(): number
  note(): void
}

const WINDOW_MS = 60_000

export function countWrongCodes(most: number, now: () => number): WrongCodes {
  let times: number[] = []
  return {
    waitMs() {
      times = times.filter(time => time + WINDOW_MS > now())
      return times.length < most ? 0 : times[0]! + WINDOW_MS - now()
    },
    note() {
      times.push(now())
    },
  }
}
