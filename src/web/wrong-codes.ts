/**
 * Counts wrong codes, so that whoever tries many is told to wait. A right one is always let in: nobody guesses 256 bits,
 * and whoever tries must not keep out the person whose page reloads.
 */
export interface WrongCodes {
  /** Milliseconds until a wrong code is answered as such again; 0 where there were not too many. */
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
