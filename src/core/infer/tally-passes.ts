import { createMapSum } from './combine-members.ts'
import type { ObjectMaps } from './decode-objects.ts'
import { createPredictiveSum, type Prediction } from './predictive-sum.ts'
import type { PassMaps } from './run-pass.ts'

/** What several passes say together. */
export interface TalliedMaps extends ObjectMaps {
  readonly prediction: Prediction
}

export interface Tally {
  add(maps: PassMaps): void
  /** Uses up what was added. */
  finish(): TalliedMaps
}

/** Adds up passes of the size and kind of `like`. */
export function tallyPasses(like: PassMaps): Tally {
  const { classes, directed, width, height } = like
  const sum = createPredictiveSum({ classes, size: { width, height } })
  const directedSum = directed === null ? null : createMapSum(directed.data.length)
  return {
    add(maps) {
      sum.add(maps.probabilities)
      if (maps.directed !== null) directedSum?.add(maps.directed.data)
    },
    finish() {
      const prediction = sum.finish()
      const { probabilities } = prediction
      const mean =
        directed === null || directedSum === null
          ? null
          : { data: directedSum.finish().mean, dims: directed.dims }
      return { width, height, classes, probabilities, directed: mean, prediction }
    },
  }
}
