/**
 * Pre- and post-processing of the BioImage Model Zoo (specification 0.5), with the defaults written out.
 *
 * `axes` are ids of the axes that a statistic is taken over; null means all of them. An axis that is not
 * named keeps its own statistics. `batch` is named where a statistic spans images.
 */
export type ProcessingStep =
  | {
      readonly id: 'binarize'
      readonly threshold: number | readonly number[]
      readonly axis: string | null
    }
  | { readonly id: 'clip'; readonly min: number | null; readonly max: number | null }
  | { readonly id: 'ensure_dtype'; readonly dtype: string }
  | {
      readonly id: 'scale_linear'
      readonly gain: number | readonly number[]
      readonly offset: number | readonly number[]
      readonly axis: string | null
    }
  | { readonly id: 'sigmoid' }
  | { readonly id: 'softmax'; readonly axis: string }
  | {
      readonly id: 'fixed_zero_mean_unit_variance'
      readonly mean: number | readonly number[]
      readonly std: number | readonly number[]
      readonly axis: string | null
    }
  | {
      readonly id: 'zero_mean_unit_variance'
      readonly axes: readonly string[] | null
      readonly eps: number
    }
  | {
      readonly id: 'scale_range'
      readonly axes: readonly string[] | null
      /** 0 to 100. */
      readonly minPercentile: number
      readonly maxPercentile: number
      readonly eps: number
      /** Tensor whose percentiles are taken; null for the tensor itself. */
      readonly reference: string | null
    }
  | {
      readonly id: 'scale_mean_variance'
      readonly axes: readonly string[] | null
      readonly reference: string
      readonly eps: number
    }
  | {
      readonly id: 'stardist_postprocessing'
      readonly probabilityThreshold: number
      readonly overlapThreshold: number
      readonly rays: number
      readonly grid: readonly [number, number]
      /** Points so near to the border of the maps make no objects; StarDist's `b`. */
      readonly border: number
    }
