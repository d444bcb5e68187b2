import type { Labels } from '../image/labels.ts'

/** Flows of unit length, or of none, row-major. */
export interface Flows {
  readonly down: Float32Array
  readonly across: Float32Array
}

/**
 * Mean squared difference between a network's flows and those that the masks would have, by mask; 0 to 4, NaN
 * for the background (`flow_error` of Cellpose).
 *
 * @param unit length of the network's flows that stands for 1.
 */
export function flowError(masks: Labels, network: Flows, unit: number): Float64Array {
  const own = flowsOf(masks)
  const sums = new Float64Array(masks.count + 1)
  const areas = new Uint32Array(masks.count + 1)
  for (let i = 0; i < masks.pixels.length; i += 1) {
    const mask = masks.pixels[i]!
    if (mask === 0) continue
    const down = own.down[i]! - network.down[i]! / unit
    const across = own.across[i]! - network.across[i]! / unit
    sums[mask]! += down * down + across * across
    areas[mask]! += 1
  }
  return sums.map((sum, mask) => sum / areas[mask]!)
}

/**
 * Unit flows that lead along each mask to its middle: the gradient of what diffuses from there
 * (Stringer et al. 2021, `masks_to_flows` of Cellpose).
 *
 * The middle is the pixel of the mask nearest to the median of its pixels' places; the first of equals.
 */
export function flowsOf({ width, pixels, count }: Labels): Flows {
  const down = new Float32Array(pixels.length)
  const across = new Float32Array(pixels.length)
  const places: number[][] = Array.from({ length: count + 1 }, () => [])
  for (let i = 0; i < pixels.length; i += 1) if (pixels[i] !== 0) places[pixels[i]!]!.push(i)
  for (const mask of places) if (mask.length > 0) flowThrough(mask)
  return { down, across }

  function flowThrough(mask: readonly number[]): void {
    const xs = mask.map(i => i % width)
    const ys = mask.map(i => Math.floor(i / width))
    const [left, right] = rangeOf(xs)
    const [top, bottom] = rangeOf(ys)
    // With a margin, so that neighbours need no check.
    const columns = right - left + 3
    const at = mask.map((_, k) => (ys[k]! - top + 1) * columns + xs[k]! - left + 1)
    const heat = diffuse(at, middleOf(xs, ys), columns, (bottom - top + 3) * columns, {
      rounds: 2 * (right - left + bottom - top),
    })
    mask.forEach((i, k) => {
      const here = at[k]!
      const y = heat[here + columns]! - heat[here - columns]!
      const x = heat[here + 1]! - heat[here - 1]!
      const length = 1e-20 + Math.hypot(x, y)
      down[i] = y / length
      across[i] = x / length
    })
  }
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  )
}

/** Which of the pixels is nearest to the median of all. */
function middleOf(xs: readonly number[], ys: readonly number[]): number {
  const x = medianOf(xs)
  const y = medianOf(ys)
  let best = 0
  let nearest = Infinity
  xs.forEach((own, k) => {
    const distance = (own - x) ** 2 + (ys[k]! - y) ** 2
    if (distance < nearest) {
      nearest = distance
      best = k
    }
  })
  return best
}

function medianOf(values: readonly number[]): number {
  const rising = values.toSorted((a, b) => a - b)
  const half = rising.length / 2
  return (rising[Math.ceil(half) - 1]! + rising[Math.floor(half)]!) / 2
}

/** Logarithm of 1 + what has spread from the middle after adding 1 there in each round. */
function diffuse(
  at: readonly number[],
  middle: number,
  columns: number,
  size: number,
  { rounds }: { readonly rounds: number },
): Float64Array {
  const heat = new Float64Array(size)
  const next = new Float64Array(at.length)
  for (let round = 0; round < rounds; round += 1) {
    heat[at[middle]!]! += 1
    for (let k = 0; k < at.length; k += 1) {
      const i = at[k]!
      next[k] =
        (heat[i - columns - 1]! +
          heat[i - columns]! +
          heat[i - columns + 1]! +
          heat[i - 1]! +
          heat[i]! +
          heat[i + 1]! +
          heat[i + columns - 1]! +
          heat[i + columns]! +
          heat[i + columns + 1]!) /
        9
    }
    for (let k = 0; k < at.length; k += 1) heat[at[k]!] = next[k]!
  }
  return heat.map(Math.log1p)
}
