import type { FloatImage } from '../image/blur.ts'
import { enlarge, reduce } from './rescale.ts'

/** Every point is spread evenly over this disc. */
export interface Disc {
  /** In pixels; fractions count, below one half nothing is spread. */
  readonly radius: number
  /** Of the light that goes into it. */
  readonly share: number
}

/** Discs larger than this are applied to a smaller image, in pixels. */
const LARGEST_DIRECT_RADIUS = 9

/**
 * Spreads every point over discs of several sizes at once. Edges are mirrored.
 *
 * A disc is cut into rows, and a row is a difference of two running sums, so the cost grows with the radius
 * and not with the area. A large disc leaves nothing fine, so it is applied to a reduced image.
 */
export function blurByDiscs(image: FloatImage, discs: readonly Disc[]): FloatImage {
  const { width, height } = image
  const pixels = new Float32Array(width * height)
  for (const [factor, together] of Map.groupBy(discs, reductionFor)) {
    const small = factor === 1 ? image : reduce(image, factor)
    const scaled = together.map(({ radius, share }) => ({ radius: radius / factor, share }))
    const blurred = blurDirectly(small, scaled)
    const { pixels: part } = factor === 1 ? blurred : enlarge(blurred, image, factor)
    for (let i = 0; i < pixels.length; i += 1) pixels[i] = pixels[i]! + part[i]!
  }
  return { width, height, pixels }
}

function reductionFor({ radius }: Disc): number {
  let factor = 1
  while (radius / factor > LARGEST_DIRECT_RADIUS) factor *= 2
  return factor
}

function blurDirectly({ width, height, pixels }: FloatImage, discs: readonly Disc[]): FloatImage {
  const rows = discs.flatMap(discRows)
  const pad = 2 + rows.reduce((most, { half }) => Math.max(most, Math.ceil(half)), 0)
  const sums = runningSums(pixels, width, height, pad)
  const stride = width + 2 * pad + 1
  const out = new Float32Array(pixels.length)
  const line = new Float64Array(width)
  for (let y = 0; y < height; y += 1) {
    line.fill(0)
    for (const { dy, half, weight } of rows) {
      addRun(line, sums, mirror(y + dy, height) * stride + pad, half, weight)
    }
    out.set(line, y * width)
  }
  return { width, height, pixels: out }
}

interface DiscRow {
  readonly dy: number
  /** Half the row's length. */
  readonly half: number
  readonly weight: number
}

/** Rows of a disc, weighted so that the whole of it sums to its share. */
function discRows({ radius, share }: Disc): readonly DiscRow[] {
  const furthest = Math.max(0, Math.ceil(radius) - 1)
  const rows = Array.from({ length: 2 * furthest + 1 }, (_, i) => {
    const dy = i - furthest
    return { dy, half: radius < 0.5 ? 0.5 : Math.sqrt(radius * radius - dy * dy) }
  })
  const area = rows.reduce((sum, { half }) => sum + 2 * half, 0)
  return rows.map(row => ({ ...row, weight: share / area }))
}

/** Adds for each x the weighted sum over x − half … x + half, whose ends may be parts of pixels. */
function addRun(
  line: Float64Array,
  sums: Float64Array,
  start: number,
  half: number,
  weight: number,
): void {
  const whole = Math.floor(half + 0.5)
  const part = half + 0.5 - whole
  const inner = weight * (1 - part)
  const outer = weight * part
  let right = sums[start + whole]!
  let left = sums[start - whole]!
  for (let x = 0; x < line.length; x += 1) {
    const nextRight = sums[start + x + whole + 1]!
    const nextLeft = sums[start + x - whole + 1]!
    line[x] = line[x]! + inner * (right - nextLeft) + outer * (nextRight - left)
    right = nextRight
    left = nextLeft
  }
}

/** Entry x of a row is the sum of what lies left of pixel x − pad. */
function runningSums(
  pixels: Float32Array,
  width: number,
  height: number,
  pad: number,
): Float64Array {
  const stride = width + 2 * pad + 1
  const sources = Int32Array.from({ length: stride - 1 }, (_, x) => mirror(x - pad, width))
  const sums = new Float64Array(height * stride)
  for (let y = 0; y < height; y += 1) {
    let sum = 0
    for (let x = 0; x < sources.length; x += 1) {
      sum += pixels[y * width + sources[x]!]!
      sums[y * stride + x + 1] = sum
    }
  }
  return sums
}

/** The edge pixel is its own neighbour: … 1 0 | 0 1 2 … */
function mirror(at: number, length: number): number {
  const folded = at < 0 ? -at - 1 : at
  const period = folded % (2 * length)
  return period < length ? period : 2 * length - 1 - period
}
