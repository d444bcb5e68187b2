import type { Tolerance } from '#core/infer/model-description.ts'
import type { Tensor } from '#core/infer/tensor.ts'

/** How an output agrees with what the package says it should be. */
export interface TensorComparison {
  readonly id: string
  readonly passed: boolean
  /** Values that were compared. */
  readonly compared: number
  /** Values off by more than the tolerance. */
  readonly mismatched: number
  /** The largest difference; null where the shapes differ or a value is no number on one side only. */
  readonly worst: number | null
  /** What was allowed. */
  readonly tolerance: Tolerance
  /** What is wrong, in words; null where it passed. */
  readonly why: string | null
}

/** The specification's own, for a description that states none (bioimage.io specification 0.5). */
const USUAL: Tolerance = {
  relative: 1e-3,
  absolute: 1e-3,
  mismatchedPerMillion: 100,
  outputs: [],
}

/**
 * Compares an output as the specification 0.5 of the BioImage Model Zoo says: a value is off where
 * |got − expected| > absolute + relative · |expected|, and a few in a million may be.
 *
 * A value that is no number agrees with another such value only.
 * @param tolerances the first that is for this output counts
 */
export function compareTensors(
  id: string,
  expected: Tensor,
  got: Tensor,
  tolerances: readonly Tolerance[],
): TensorComparison {
  const tolerance =
    tolerances.find(({ outputs }) => outputs.length === 0 || outputs.includes(id)) ?? USUAL
  if (expected.dims.join() !== got.dims.join()) {
    const why = `it is ${got.dims.join(' × ')} instead of ${expected.dims.join(' × ')}`
    return { id, passed: false, compared: 0, mismatched: 0, worst: null, tolerance, why }
  }
  const { relative, absolute, mismatchedPerMillion } = tolerance
  const compared = expected.data.length
  let mismatched = 0
  let worst: number | null = 0
  for (let i = 0; i < compared; i += 1) {
    const want = expected.data[i]!
    const have = got.data[i]!
    if (Object.is(want, have) || want === have) continue
    const difference = Math.abs(have - want)
    if (Number.isFinite(difference)) {
      if (worst !== null && difference > worst) worst = difference
      if (difference <= absolute + relative * Math.abs(want)) continue
    } else {
      worst = null
    }
    mismatched += 1
  }
  const passed = mismatched * 1e6 <= mismatchedPerMillion * compared
  const why = passed
    ? null
    : `${mismatched} of ${compared} values are off, by up to ${worst === null ? '∞' : Number(worst.toPrecision(3))}`
  return { id, passed, compared, mismatched, worst, tolerance, why }
}
