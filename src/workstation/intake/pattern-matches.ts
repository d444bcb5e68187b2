import { runInNewContext } from 'node:vm'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
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

/** At so many names a pattern that is fit takes some ten milliseconds. */
const NAMES_AT_ONCE = 10_000
/** More than a busy machine needs for them. */
const LONGEST_MATCH_MS = 1000

/**
 * What is wrong with a pattern that somebody wrote where one of these names, or a few thousand of them, take longer than
 * a second: some patterns try more ways to match a name than anybody waits for.
 */
export function refuseSlowPattern(
  pattern: NamePattern,
  naming: string,
  paths: readonly string[],
): Result<void, FaultOf<'bad-option'>> {
  for (let from = 0; from < paths.length; from += NAMES_AT_ONCE) {
    const some = paths.slice(from, from + NAMES_AT_ONCE)
    if (matchesInTime(pattern, some, LONGEST_MATCH_MS)) continue
    const allowed = 'a pattern that is matched faster: it tries too many ways to match one name'
    return fail({ kind: 'bad-option', option: '--naming', value: naming, allowed })
  }
  return ok(undefined)
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
