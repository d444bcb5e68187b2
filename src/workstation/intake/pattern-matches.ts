import { runInNewContext } from 'node:vm'
import type { NamePattern } from './name-pattern.ts'

/** What a named group of a pattern matched; `to` is behind its last character. */
export interface GroupMatch {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Where the groups of a pattern matched in a path, in the order of the text; none where it does not match. */
export function groupMatches(
  { expression, wholePath }: NamePattern,
  path: string,
): readonly GroupMatch[] {
  const begin = wholePath ? 0 : path.lastIndexOf('/') + 1
  const withPlaces = new RegExp(expression.source, `${expression.flags}d`)
  const groups = withPlaces.exec(path.slice(begin))?.indices?.groups ?? {}
  return Object.entries(groups)
    .flatMap(([name, place]) =>
      // A group that took no part has no place.
      (place as [number, number] | undefined) === undefined
        ? []
        : [{ name, from: begin + place[0], to: begin + place[1] }],
    )
    .sort((a, b) => a.from - b.from || a.to - b.to)
}

/** Whether a pattern can be held against these paths within a time: some take longer than anybody waits. */
export function matchesInTime(
  { expression, wholePath }: NamePattern,
  paths: readonly string[],
  limitMs: number,
): boolean {
  const texts = wholePath ? paths : paths.map(path => path.slice(path.lastIndexOf('/') + 1))
  try {
    runInNewContext(
      'for (const text of texts) expression.test(text)',
      { texts, expression },
      {
        timeout: limitMs,
      },
    )
    return true
  } catch (cause) {
    // It is an error of the other context.
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
    throw cause
  }
}
