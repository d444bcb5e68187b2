import type { Labels } from '../image/labels.ts'

/**
 * Objects as horizontal runs of pixels, object by object, each from top to bottom and left to right.
 *
 * A nucleus of 1000 pixels is some 40 runs, so that what can be said of a run at once costs next to nothing.
 */
export interface ObjectRuns {
  readonly count: number
  /** The runs of object i + 1 are `first[i]` up to, not including, `first[i + 1]`. */
  readonly first: Uint32Array
  readonly y: Uint32Array
  /** x of a run's first pixel. */
  readonly start: Uint32Array
  /** x after a run's last pixel. */
  readonly end: Uint32Array
}

/** @throws RangeError unless every number from 1 to `count`, and no other, has pixels. */
export function findRuns(labels: Labels): ObjectRuns {
  const { count } = labels
  const first = firstRuns(labels)
  const y = new Uint32Array(first[count]!)
  const start = new Uint32Array(first[count]!)
  const end = new Uint32Array(first[count]!)
  const next = first.slice(0, count)
  const { width, height, pixels } = labels
  for (let row = 0; row < height; row += 1) {
    const rowStart = row * width
    for (let x = 0; x < width;) {
      const label = pixels[rowStart + x]!
      const from = x
      do x += 1
      while (x < width && pixels[rowStart + x] === label)
      if (label === 0) continue
      const run = next[label - 1]!
      next[label - 1] = run + 1
      y[run] = row
      start[run] = from
      end[run] = x
    }
  }
  return { count, first, y, start, end }
}

function firstRuns({ width, height, pixels, count }: Labels): Uint32Array {
  const runs = new Uint32Array(count + 1)
  for (let row = 0; row < height; row += 1) {
    let previous = 0
    for (let i = row * width; i < (row + 1) * width; i += 1) {
      const label = pixels[i]!
      if (label === previous) continue
      if (label > count) throw new RangeError(`Label ${label} among ${count} objects`)
      if (label !== 0) runs[label]! += 1
      previous = label
    }
  }
  const missing = runs.indexOf(0, 1)
  if (missing !== -1) throw new RangeError(`Object ${missing} of ${count} has no pixels`)
  for (let i = 1; i <= count; i += 1) runs[i]! += runs[i - 1]!
  return runs
}
