import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'

/**
 * Divides a mask into the hills of a height map, ignoring hills that rise too little.
 *
 * Pixels are taken from the highest down; each joins the hill of its highest neighbour, and where two
 * hills meet, the lower is absorbed if its summit is less than `dynamics` above the pass between them
 * (watershed with regional maxima filtered by dynamics, Grimaud 1992; Najman & Couprie 2003).
 * Heights are rounded down to steps of `step`.
 */
export function splitByDynamics(
  heights: FloatImage,
  mask: Mask,
  dynamics: number,
  step = dynamics / 16,
): Labels {
  const { width, height } = heights
  const { order, depth } = fromTheTop(heights.pixels, mask.pixels, step)
  const allowed = dynamics / step
  const hill = new Uint32Array(heights.pixels.length)
  const parent = [0]
  const summit = [0]
  const rootOf = (start: number): number => {
    let root = start
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!
    return root
  }

  const meet = (one: number, other: number, pass: number): void => {
    if (one === other || one === 0) return
    const lower = summit[other]! < summit[one]! ? one : other
    if (pass - summit[lower]! < allowed) parent[lower] = lower === one ? other : one
  }

  for (let o = 0; o < order.length; o += 1) {
    const i = order[o]!
    const y = Math.floor(i / width)
    const x = i - y * width
    const left = x > 0 ? -1 : 0
    const right = x < width - 1 ? 1 : 0
    let own = 0
    let last = 0
    let highest = Infinity
    for (let dy = y > 0 ? -width : 0; dy <= (y < height - 1 ? width : 0); dy += width) {
      for (let j = i + dy + left; j <= i + dy + right; j += 1) {
        const label = hill[j]!
        if (label === 0) continue
        if (label !== last) {
          last = label
          meet(rootOf(own), rootOf(label), depth[i]!)
        }
        if (depth[j]! < highest) {
          highest = depth[j]!
          own = label
        }
      }
    }
    own = rootOf(own)
    if (own === 0) {
      own = parent.push(parent.length) - 1
      summit.push(depth[i]!)
    }
    hill[i] = own
  }

  let count = 0
  const numbers = new Uint32Array(parent.length)
  for (let i = 0; i < hill.length; i += 1) {
    if (hill[i] === 0) continue
    const root = rootOf(hill[i]!)
    if (numbers[root] === 0) numbers[root] = ++count
    hill[i] = numbers[root]!
  }
  return { width, height, pixels: hill, count }
}

/** Masked pixels from the highest to the lowest, in raster order within a step. */
function fromTheTop(
  heights: Float32Array,
  mask: Uint8Array,
  step: number,
): { order: Uint32Array; depth: Uint32Array } {
  let top = -Infinity
  let bottom = Infinity
  let masked = 0
  for (let i = 0; i < heights.length; i += 1) {
    if (mask[i] === 0) continue
    masked += 1
    if (heights[i]! > top) top = heights[i]!
    if (heights[i]! < bottom) bottom = heights[i]!
  }
  const order = new Uint32Array(masked)
  const depth = new Uint32Array(heights.length)
  if (masked === 0) return { order, depth }
  const start = new Uint32Array(Math.floor((top - bottom) / step) + 2)
  for (let i = 0; i < heights.length; i += 1) {
    if (mask[i] === 0) continue
    depth[i] = Math.floor((top - heights[i]!) / step)
    start[depth[i]! + 1]! += 1
  }
  for (let d = 1; d < start.length; d += 1) start[d]! += start[d - 1]!
  for (let i = 0; i < heights.length; i += 1) {
    if (mask[i] === 1) order[start[depth[i]!]!++] = i
  }
  return { order, depth }
}
