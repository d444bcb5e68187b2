import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'

/**
 * Divides a mask into the hills of a height map, ignoring hills that rise too little.
 *
 * Each pixel belongs to the hill that the steepest ascent leads to. Then, from the highest pass between two
 * hills down, the lower hill is absorbed if its summit is less than `dynamics` above the pass
 * (watershed with regional maxima filtered by dynamics, Grimaud 1992; Najman & Couprie 2003).
 * Passes closer than a hundredth of `dynamics` count as equally high.
 */
export function splitByDynamics(heights: FloatImage, mask: Mask, dynamics: number): Labels {
  const { hill, summits } = climb(heights, mask)
  const passes = findPasses(heights, hill)
  const parent = Uint32Array.from(summits, (_, label) => label)
  const rootOf = (start: number): number => {
    let root = start
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!
    return root
  }
  for (const p of fromTheTop(passes.height, dynamics / 100)) {
    const a = rootOf(passes.from[p]!)
    const b = rootOf(passes.to[p]!)
    if (a === b) continue
    const lower = summits[a]! < summits[b]! ? a : b
    if (summits[lower]! - passes.height[p]! < dynamics) parent[lower] = lower === a ? b : a
  }

  // A hill's number rises in raster order, and so does that of the first of those that became one.
  let count = 0
  const numbers = new Uint32Array(summits.length)
  for (let label = 1; label < numbers.length; label += 1) {
    const root = rootOf(label)
    if (numbers[root] === 0) numbers[root] = ++count
    numbers[label] = numbers[root]!
  }
  for (let i = 0; i < hill.length; i += 1) hill[i] = numbers[hill[i]!]!
  return { width: heights.width, height: heights.height, pixels: hill, count }
}

interface Hills {
  /** Of each pixel, from 1; 0 outside the mask. */
  readonly hill: Uint32Array
  /** Heights of the summits by hill; that of hill 0 is not used. */
  readonly summits: readonly number[]
}

/** Of equally high pixels the earlier one counts as higher, so every climb ends. */
function climb({ width, height, pixels }: FloatImage, mask: Mask): Hills {
  const upwards = new Int32Array(pixels.length)
  for (let y = 0; y < height; y += 1) {
    const firstRow = y > 0 ? -width : 0
    const lastRow = y < height - 1 ? width : 0
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      if (mask.pixels[i] === 0) continue
      const left = x > 0 ? -1 : 0
      const right = x < width - 1 ? 1 : 0
      let highest = i
      let top = pixels[i]!
      for (let row = i + firstRow; row <= i + lastRow; row += width) {
        for (let j = row + left; j <= row + right; j += 1) {
          if (pixels[j]! < top || mask.pixels[j] === 0) continue
          if (pixels[j]! > top || j < highest) {
            highest = j
            top = pixels[j]!
          }
        }
      }
      upwards[i] = highest
    }
  }
  const hill = new Uint32Array(pixels.length)
  const summits = [0]
  for (let i = 0; i < hill.length; i += 1) {
    if (mask.pixels[i] === 0) continue
    let end = i
    while (hill[end] === 0 && upwards[end] !== end) end = upwards[end]!
    if (hill[end] === 0) hill[end] = summits.push(pixels[end]!) - 1
    const label = hill[end]!
    for (let j = i; hill[j] === 0; j = upwards[j]!) hill[j] = label
  }
  return { hill, summits }
}

interface Passes {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly height: readonly number[]
}

/** Everywhere that two hills touch, with the height of the lower of the two pixels. */
function findPasses({ width, height, pixels }: FloatImage, hill: Uint32Array): Passes {
  const passes = { from: [] as number[], to: [] as number[], height: [] as number[] }
  const meet = (i: number, j: number): void => {
    if (hill[j] === 0 || hill[j] === hill[i]) return
    passes.from.push(hill[i]!)
    passes.to.push(hill[j]!)
    passes.height.push(Math.min(pixels[i]!, pixels[j]!))
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      if (hill[i] === 0) continue
      if (x < width - 1) meet(i, i + 1)
      if (y === height - 1) continue
      if (x > 0) meet(i, i + width - 1)
      meet(i, i + width)
      if (x < width - 1) meet(i, i + width + 1)
    }
  }
  return passes
}

/** Which is highest, which next, …, in their order within a step. */
function fromTheTop(heights: readonly number[], step: number): Uint32Array {
  let top = -Infinity
  let bottom = Infinity
  for (const height of heights) {
    if (height > top) top = height
    if (height < bottom) bottom = height
  }
  const order = new Uint32Array(heights.length)
  if (heights.length === 0) return order
  const start = new Uint32Array(Math.floor((top - bottom) / step) + 2)
  for (const height of heights) start[Math.floor((top - height) / step) + 1]! += 1
  for (let d = 1; d < start.length; d += 1) start[d]! += start[d - 1]!
  heights.forEach((height, p) => {
    const depth = Math.floor((top - height) / step)
    order[start[depth]!] = p
    start[depth]! += 1
  })
  return order
}
