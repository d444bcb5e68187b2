import type { PlaneOutcome, PlaneSource } from './job.ts'

/** The candidates without those that could not be read just now; the rest with how sharp they turned out to be. */
export function readableCandidates(
  candidates: readonly PlaneSource[],
  judged: readonly PlaneOutcome[],
): readonly PlaneSource[] {
  const results = new Map(judged.map(({ key, result }) => [key, result]))
  return candidates.flatMap(candidate => {
    const result = results.get(candidate.key)
    if (result === undefined) return [candidate]
    return result.ok ? [{ ...candidate, sharpness: result.value.metrics.laplacian_variance }] : []
  })
}
