import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { renumber } from './renumber.ts'

/** What to draw labels at another size from. */
export interface LabelEnlargement {
  /** Objects at the scale they were found at. */
  readonly labels: Labels
  /** Probability, 0 to 1, of each of their pixels to be of an object. */
  readonly foreground: FloatImage
  /** Probability above which a pixel is of an object: the one the objects were found with. */
  readonly threshold: number
  /** Size of the field that `labels` cover from edge to edge, in its own pixels; may be the smaller one. */
  readonly width: number
  readonly height: number
}

export interface EnlargedLabels {
  readonly labels: Labels
  /** The number each object had before, by its number now; 0 for the background. */
  readonly originOf: Uint32Array
}

/**
 * Draws objects found at the scale of a network at the size of their field.
 *
 * A pixel of the field is of an object where the probability, interpolated bilinearly between the centres
 * of the network's pixels, is above the threshold, so outlines are exact to a fraction of a network's pixel.
 * It goes to the object that most of the four pixels around it, by their weights, belong to. Foreground that
 * is no object stays none; pixels of an object are of it whatever their probability, as in a filled hole.
 * Objects that vanish leave no gap in the numbers, which are in raster order.
 */
export function enlargeLabels(from: LabelEnlargement): EnlargedLabels {
  const { labels, foreground, threshold, width, height } = from
  const pixels = new Uint32Array(width * height)
  if (labels.pixels.length === 0) return withoutGaps({ width, height, pixels, count: 0 })
  const chance = chancesOf(labels, foreground, threshold)
  const columns = samplesOf(width, labels.width)
  const rows = samplesOf(height, labels.height)
  for (let y = 0; y < height; y += 1) {
    const above = rows.first[y]! * labels.width
    const below = rows.second[y]! * labels.width
    for (let x = 0; x < width; x += 1) {
      const left = columns.first[x]!
      const right = columns.second[x]!
      const a = labels.pixels[above + left]!
      const b = labels.pixels[above + right]!
      const c = labels.pixels[below + left]!
      const d = labels.pixels[below + right]!
      if (a === b && c === d && a === c) {
        pixels[y * width + x] = a
        continue
      }
      const across = columns.share[x]!
      const down = rows.share[y]!
      const pa = chance[above + left]!
      const pb = chance[above + right]!
      const pc = chance[below + left]!
      const pd = chance[below + right]!
      const top = pa + across * (pb - pa)
      const bottom = pc + across * (pd - pc)
      if (!(top + down * (bottom - top) > threshold)) continue
      // Only what is foreground itself has a vote.
      const wa = pa > threshold ? (1 - across) * (1 - down) : 0
      const wb = pb > threshold ? across * (1 - down) : 0
      const wc = pc > threshold ? (1 - across) * down : 0
      const wd = pd > threshold ? across * down : 0
      pixels[y * width + x] = elect(a, b, c, d, wa, wb, wc, wd)
    }
  }
  return withoutGaps({ width, height, pixels, count: labels.count })
}

function withoutGaps(drawn: Labels): EnlargedLabels {
  const labels = renumber(drawn)
  const originOf = new Uint32Array(labels.count + 1)
  for (let i = 0; i < labels.pixels.length; i += 1) originOf[labels.pixels[i]!] = drawn.pixels[i]!
  return { labels, originOf }
}

/** The probabilities; 1 where an object has a pixel that they do not give it. */
function chancesOf(labels: Labels, foreground: FloatImage, threshold: number): Float32Array {
  const chances = foreground.pixels.slice()
  for (let i = 0; i < chances.length; i += 1) {
    if (Number.isNaN(chances[i]!)) chances[i] = 0
    if (labels.pixels[i] !== 0 && !(chances[i]! > threshold)) chances[i] = 1
  }
  return chances
}

/** The label with the greatest sum of weights, the earlier of equals. */
function elect(
  a: number,
  b: number,
  c: number,
  d: number,
  wa: number,
  wb: number,
  wc: number,
  wd: number,
): number {
  const va = wa + (b === a ? wb : 0) + (c === a ? wc : 0) + (d === a ? wd : 0)
  const vb = wb + (c === b ? wc : 0) + (d === b ? wd : 0)
  const vc = wc + (d === c ? wd : 0)
  let label = a
  let votes = va
  if (vb > votes) {
    label = b
    votes = vb
  }
  if (vc > votes) {
    label = c
    votes = vc
  }
  return wd > votes ? d : label
}

/** Between which two pixels of one row the centres of another's pixels lie, and how far towards the second. */
interface Samples {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly share: Float64Array
}

function samplesOf(length: number, available: number): Samples {
  const first = new Int32Array(length)
  const second = new Int32Array(length)
  const share = new Float64Array(length)
  for (let i = 0; i < length; i += 1) {
    const at = Math.min(available - 1, Math.max(0, ((i + 0.5) * available) / length - 0.5))
    first[i] = Math.floor(at)
    second[i] = Math.min(available - 1, first[i]! + 1)
    share[i] = at - first[i]!
  }
  return { first, second, share }
}
