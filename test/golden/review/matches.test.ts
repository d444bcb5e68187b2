import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Labels } from '#core/image/labels.ts'
import { matchObjects } from '#core/review/match-objects.ts'
import { overlapsOf } from '#core/review/overlaps.ts'

interface Golden {
  readonly size: number
  readonly cases: readonly {
    readonly truth: readonly number[]
    readonly predicted: readonly number[]
    readonly expected: readonly {
      readonly threshold: number
      readonly matched: number
      readonly iouSum: number
    }[]
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('matches.json', import.meta.url), 'utf8'),
) as Golden

function fromRuns(runs: readonly number[]): Labels {
  const pixels = new Uint32Array(golden.size * golden.size)
  let at = 0
  for (let i = 0; i < runs.length; i += 2) {
    pixels.fill(runs[i]!, at, at + runs[i + 1]!)
    at += runs[i + 1]!
  }
  return { width: golden.size, height: golden.size, pixels, count: Math.max(...pixels) }
}

describe('matching against scipy.optimize.linear_sum_assignment', () => {
  test.each(golden.cases.map((golden, i) => ({ i, ...golden })))(
    'finds as many pairs and as much IoU in patchwork $i',
    ({ truth, predicted, expected }) => {
      const overlaps = overlapsOf(fromRuns(predicted), fromRuns(truth))
      for (const { threshold, matched, iouSum } of expected) {
        const pairs = matchObjects(overlaps, threshold)
        expect(pairs).toHaveLength(matched)
        expect(new Set(pairs.map(pair => pair.truth)).size).toBe(matched)
        expect(new Set(pairs.map(pair => pair.predicted)).size).toBe(matched)
        // The same quotients, added in another order.
        expect(pairs.reduce((sum, pair) => sum + pair.iou, 0)).toBeCloseTo(iouSum, 12)
      }
    },
  )
})
