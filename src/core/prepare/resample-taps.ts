/** For each pixel along a new axis, the old pixels that make it and how much each counts. */
export interface Taps {
  /** First old pixel. */
  readonly starts: Int32Array
  /** Place of its first weight; one more at the end. */
  readonly offsets: Int32Array
  /** Those of one new pixel sum to 1. */
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
  const starts = new Int32Array(to)
  const offsets = new Int32Array(to + 1)
  const weights: number[] = []
  for (let i = 0; i < to; i += 1) {
    // In units of 1 / to of an old pixel all borders are whole numbers.
    const left = i * from
    const right = left + from
    const first = Math.floor(left / to)
    const last = Math.ceil(right / to)
    starts[i] = first
    for (let pixel = first; pixel < last; pixel += 1) {
      const covered = Math.min(right, (pixel + 1) * to) - Math.max(left, pixel * to)
      weights.push(covered / from)
    }
    offsets[i + 1] = weights.length
  }
  return { starts, offsets, weights: Float64Array.from(weights) }
}

function linearTaps(from: number, to: number): Taps {
  const starts = new Int32Array(to)
  const offsets = new Int32Array(to + 1)
  const weights: number[] = []
  for (let i = 0; i < to; i += 1) {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5))
    const first = Math.floor(place)
    const share = place - first
    starts[i] = first
    if (share === 0) weights.push(1)
    else weights.push(1 - share, share)
    offsets[i + 1] = weights.length
  }
  return { starts, offsets, weights: Float64Array.from(weights) }
}

/** Writes the new pixels of a row from `to` on. */
export function sampleRow(
  row: Float64Array,
  { starts, offsets, weights }: Taps,
  out: Float32Array | Float64Array,
  to: number,
): void {
  let tap = 0
  for (let x = 0; x < starts.length; x += 1) {
    const end = offsets[x + 1]!
    let sum = 0
    for (let from = starts[x]!; tap < end; tap += 1, from += 1) sum += weights[tap]! * row[from]!
    out[to + x] = sum
  }
}
