import type { FloatImage } from '../image/blur.ts'
import type { Labels } from '../image/labels.ts'
import { convexHull, polygonArea, type Outline } from './convex-hull.ts'
import { createHeap } from './heap.ts'

interface Fragment {
  area: number
  /** Height of its summit. */
  summit: number
  hull: Outline
  /** Height of the highest pass to each neighbour. */
  readonly passes: Map<number, number>
}

/** What speaks for two fragments being one nucleus. */
export interface JointShape {
  /** By how much the lower summit rises above the pass between the two; ≥ 0. */
  readonly dynamics: number
  /** Area of both / area of their convex hull. */
  readonly solidity: number
  /** Area of both / area of a typical nucleus. */
  readonly relativeArea: number
}

/**
 * Joins neighbouring fragments, the most convincing pair first, until no pair is convincing.
 *
 * @param heights the map that the fragments are the hills of.
 * @param typicalArea of a nucleus, in pixels.
 * @param evidence above 0 where two neighbours are one nucleus, the larger the more convincing.
 */
export function joinFragments(
  fragments: Labels,
  heights: FloatImage,
  typicalArea: number,
  evidence: (joint: JointShape) => number,
): Labels {
  const pieces = describe(fragments, heights)
  const joinedInto = Uint32Array.from({ length: fragments.count + 1 }, (_, label) => label)
  const pairs = createHeap<Pair>(strongerFirst)
  const consider = (a: number, b: number): void => {
    const pass = pieces[a]!.passes.get(b)!
    const strength = evidence(jointShape(pieces[a]!, pieces[b]!, pass, typicalArea))
    if (strength > 0) pairs.push({ a, b, strength, area: pieces[a]!.area + pieces[b]!.area })
  }
  for (let a = 1; a <= fragments.count; a += 1) {
    for (const b of pieces[a]!.passes.keys()) if (a < b) consider(a, b)
  }
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const { a, b, area } = pair
    const gone = joinedInto[a] !== a || joinedInto[b] !== b
    if (gone || pieces[a]!.area + pieces[b]!.area !== area) continue
    absorb(pieces, a, b)
    joinedInto[b] = a
    for (const c of pieces[a]!.passes.keys()) consider(Math.min(a, c), Math.max(a, c))
  }
  for (let label = 1; label <= fragments.count; label += 1) {
    // A fragment is only ever joined into one with a smaller number.
    joinedInto[label] = joinedInto[joinedInto[label]!]!
  }
  return { ...fragments, pixels: fragments.pixels.map(label => joinedInto[label]!) }
}

interface Pair {
  readonly a: number
  readonly b: number
  readonly strength: number
  /** Of both when they were judged: another area now means that one has grown. */
  readonly area: number
}

function strongerFirst(one: Pair, other: Pair): boolean {
  if (one.strength !== other.strength) return one.strength > other.strength
  return one.a !== other.a ? one.a < other.a : one.b < other.b
}

function describe({ width, height, pixels, count }: Labels, heights: FloatImage): Fragment[] {
  const pieces = Array.from({ length: count + 1 }, () => ({
    area: 0,
    summit: -Infinity,
    hull: [] as number[],
    passes: new Map<number, number>(),
  }))
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      const label = pixels[i]!
      if (label === 0) continue
      const piece = pieces[label]!
      const h = heights.pixels[i]!
      piece.area += 1
      if (h > piece.summit) piece.summit = h
      const right = x + 1 < width ? pixels[i + 1]! : 0
      const below = y + 1 < height ? pixels[i + width]! : 0
      if (x === 0 || pixels[i - 1] !== label) piece.hull.push(x, y, x, y + 1)
      if (right !== label) piece.hull.push(x + 1, y, x + 1, y + 1)
      if (right !== 0 && right !== label)
        meet(pieces, label, right, Math.min(h, heights.pixels[i + 1]!))
      if (below !== 0 && below !== label)
        meet(pieces, label, below, Math.min(h, heights.pixels[i + width]!))
    }
  }
  return pieces.map(piece => ({ ...piece, hull: convexHull(piece.hull) }))
}

function meet(pieces: readonly Fragment[], a: number, b: number, pass: number): void {
  const known = pieces[a]!.passes.get(b) ?? -Infinity
  if (pass <= known) return
  pieces[a]!.passes.set(b, pass)
  pieces[b]!.passes.set(a, pass)
}

function jointShape(a: Fragment, b: Fragment, pass: number, typicalArea: number): JointShape {
  const area = a.area + b.area
  return {
    dynamics: Math.min(a.summit, b.summit) - pass,
    solidity: area / polygonArea(convexHull([...a.hull, ...b.hull])),
    relativeArea: area / typicalArea,
  }
}

function absorb(pieces: readonly Fragment[], a: number, b: number): void {
  const kept = pieces[a]!
  const gone = pieces[b]!
  kept.area += gone.area
  kept.summit = Math.max(kept.summit, gone.summit)
  kept.hull = convexHull([...kept.hull, ...gone.hull])
  for (const [neighbour, pass] of gone.passes) {
    pieces[neighbour]!.passes.delete(b)
    if (neighbour !== a) meet(pieces, a, neighbour, pass)
  }
}
