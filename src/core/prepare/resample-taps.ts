/** For each pixel along a new axis, the old pixels that make it and how much each counts. */
export interface Taps {
  /** Old pixels that are read for a new one, the same number for all. */
  readonly count: number
  /** First old pixel. */
  readonly starts: Int32Array
  /** `count` for each new pixel, some of them 0; they sum to 1. */
  readonly weights: Float64Array
}

/** From one length to another, both covering the same span: means of what is covered, or linear between centres. */
export function tapsBetween(from: number, to: number): Taps {
  if (!(Number.isInteger(to) && to >= 1 && from >= 1)) {
    throw new RangeError(`${from} pixels cannot become ${to}`)
  }
  return to < from ? areaTaps(from, to) : linearTaps(from, to)
}

function areaTaps(from: number, to: number): Taps {
  const taps = emptyTaps(from, to, Math.ceil(from / to) + 1)
  for (let i = 0; i < to; i += 1) {
    // In units of 1 / to of an old pixel all borders are whole numbers.
    const left = i * from
    const right = left + from
    const last = Math.ceil(right / to)
    const first = Math.floor(left / to)
    taps.starts[i] = Math.min(first, from - taps.count)
    for (let pixel = first; pixel < last; pixel += 1) {
      const covered = Math.min(right, (pixel + 1) * to) - Math.max(left, pixel * to)
      taps.weights[i * taps.count + pixel - taps.starts[i]!] = covered / from
    }
  }
  return taps
}

function linearTaps(from: number, to: number): Taps {
  const taps = emptyTaps(from, to, 2)
  for (let i = 0; i < to; i += 1) {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5))
    const first = Math.floor(place)
    const share = place - first
    taps.starts[i] = Math.min(first, from - taps.count)
    const tap = i * taps.count + first - taps.starts[i]!
    taps.weights[tap] = 1 - share
    if (share > 0) taps.weights[tap + 1] = share
  }
  return taps
}

function emptyTaps(from: number, to: number, most: number): Taps {
  const count = Math.min(from, most)
  return { count, starts: new Int32Array(to), weights: new Float64Array(to * count) }
}

/** Writes the new pixels of a row from `to` on. Two and three taps are written out: it halves the time. */
export function sampleRow(
  row: Float64Array,
  { count, starts, weights }: Taps,
  out: Float32Array | Float64Array,
  to: number,
): void {
  if (count === 2) {
    for (let x = 0; x < starts.length; x += 1) {
      const from = starts[x]!
      out[to + x] = weights[2 * x]! * row[from]! + weights[2 * x + 1]! * row[from + 1]!
    }
  } else if (count === 3) {
    for (let x = 0; x < starts.length; x += 1) {
      const from = starts[x]!
      out[to + x] =
        weights[3 * x]! * row[from]! +
        weights[3 * x + 1]! * row[from + 1]! +
        weights[3 * x + 2]! * row[from + 2]!
    }
  } else {
    let tap = 0
    for (let x = 0; x < starts.length; x += 1) {
      let sum = 0
      const end = starts[x]! + count
      for (let from = starts[x]!; from < end; from += 1) {
        sum += weights[tap]! * row[from]!
        tap += 1
      }
      out[to + x] = sum
    }
  }
}

/** Writes the weighted sum of as many rows of an image as there are weights, from row `first` on. */
export function sumRows(
  pixels: Float32Array,
  first: number,
  weights: Float64Array,
  row: Float64Array,
): void {
  const width = row.length
  const start = first * width
  const weight = weights[0]!
  for (let x = 0; x < width; x += 1) row[x] = weight * pixels[start + x]!
  for (let tap = 1; tap < weights.length; tap += 1) {
    const next = weights[tap]!
    const from = start + tap * width
    if (next === 0) continue
    for (let x = 0; x < width; x += 1) row[x] = row[x]! + next * pixels[from + x]!
  }
}
