import type { MeasureSummary } from '#core/plate/aggregate.ts'
import type { PartSummary } from '#core/plate/combine-summaries.ts'

/** As it may be stored: plate.aggregate 1 wrote neither deviation nor extremes. */
type StoredMeasure = Omit<MeasureSummary, 'sd' | 'min' | 'max'> &
  Partial<Pick<MeasureSummary, 'sd' | 'min' | 'max'>>

/**
 * One measure out of the JSON list that a record holds; null where it is not in there.
 *
 * Parses that measure only: a list has about a hundred, and a large plate has tens of thousands of lists.
 */
export function measureIn(list: string, objects: number, name: string): PartSummary | null {
  // The text is canonical: no spaces, and a quote inside a string is escaped, so this is a key and its value.
  const key = `"name":${JSON.stringify(name)}`
  const at = list.indexOf(key)
  if (at < 0) return null
  const text = list.slice(list.lastIndexOf('{', at), list.indexOf('}', at + key.length) + 1)
  const { mean, median, sd, min, max, missing } = JSON.parse(text) as StoredMeasure
  return { n: objects - missing, mean, median, sd, min, max }
}

/** The names of all measures in such a list. */
export function measuresIn(list: string): readonly string[] {
  return (JSON.parse(list) as StoredMeasure[]).map(({ name }) => name)
}
