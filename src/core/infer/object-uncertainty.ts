import type { Labels } from '../image/labels.ts'

/** Maps of the labels' size, row-major. */
export interface UncertaintyMaps {
  /** Probability that a pixel belongs to any object, 0 to 1. */
  readonly foreground: Float32Array
  /** 0 to 1. */
  readonly entropy: Float32Array
  /** 0 to 1. */
  readonly mutualInformation: Float32Array
}

/** A value for each object; the first is that of object 1. All are 0 to 1. */
export interface ObjectUncertainty {
  readonly count: number
  readonly area: Uint32Array
  readonly meanForeground: Float32Array
  readonly meanEntropy: Float32Array
  readonly maxEntropy: Float32Array
  readonly meanMutualInformation: Float32Array
  /** Mean entropy of the pixels on both sides of the outline; 0 for an object without one, the size of the image. */
  readonly outlineEntropy: Float32Array
  /** Mean mutual information of the same pixels: how far the passes disagree where it ends. */
  readonly outlineMutualInformation: Float32Array
  /** How much of an object this is, 1 the most: see `objectScore`. */
  readonly score: Float32Array
}

/**
 * Says of each object how sure the network was of it.
 *
 * The outline is all pixels with a 4-neighbour of another label: those of the object itself, and those of the
 * background, which count for each object that they touch. The border of the image is no outline.
 * @param objectIou agreement of the members on each object, from `agreement`; null where there is one pass.
 * @throws RangeError for maps of another size, or as many agreements as there are not objects.
 */
export function objectUncertainty(
  labels: Labels,
  maps: UncertaintyMaps,
  objectIou: Float32Array | null,
): ObjectUncertainty {
  checkSizes(labels, maps, objectIou)
  const { count } = labels
  const area = new Uint32Array(count)
  const foreground = new Float64Array(count)
  const entropy = new Float64Array(count)
  const mutualInformation = new Float64Array(count)
  const maxEntropy = new Float32Array(count)
  const outline = outlineSums(count, maps)
  const { width, height, pixels } = labels
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      const label = pixels[i]!
      const left = x > 0 ? pixels[i - 1]! : label
      const right = x + 1 < width ? pixels[i + 1]! : label
      const up = y > 0 ? pixels[i - width]! : label
      const down = y + 1 < height ? pixels[i + width]! : label
      const edge = left !== label || right !== label || up !== label || down !== label
      if (label === 0) {
        if (edge) outline.addTouching(i, left, right, up, down)
        continue
      }
      const object = label - 1
      const here = maps.entropy[i]!
      area[object]! += 1
      foreground[object]! += maps.foreground[i]!
      entropy[object]! += here
      mutualInformation[object]! += maps.mutualInformation[i]!
      if (here > maxEntropy[object]!) maxEntropy[object] = here
      if (edge) outline.add(i, object)
    }
  }
  const meanForeground = meansOf(foreground, area)
  const outlineMutualInformation = meansOf(outline.mutualInformation, outline.pixels)
  return {
    count,
    area,
    meanForeground,
    meanEntropy: meansOf(entropy, area),
    maxEntropy,
    meanMutualInformation: meansOf(mutualInformation, area),
    outlineEntropy: meansOf(outline.entropy, outline.pixels),
    outlineMutualInformation,
    score: Float32Array.from(meanForeground, (mean, object) =>
      objectScore(mean, objectIou?.[object] ?? 1 - outlineMutualInformation[object]!),
    ),
  }
}

/**
 * Mean foreground probability · √agreement, 0 to 1.
 *
 * The root, because an IoU of 0.7 between two members is nothing unusual for an object that both have found.
 * Without members to compare, what the passes agree on along the outline stands for it.
 */
export function objectScore(meanForeground: number, agreed: number): number {
  return meanForeground * Math.sqrt(agreed)
}

interface OutlineSums {
  readonly pixels: Uint32Array
  readonly entropy: Float64Array
  readonly mutualInformation: Float64Array
  add(pixel: number, object: number): void
  /** Books a background pixel once for each object among its neighbours. */
  addTouching(pixel: number, left: number, right: number, up: number, down: number): void
}

function outlineSums(count: number, maps: UncertaintyMaps): OutlineSums {
  const pixels = new Uint32Array(count)
  const entropy = new Float64Array(count)
  const mutualInformation = new Float64Array(count)
  const add = (pixel: number, object: number): void => {
    pixels[object]! += 1
    entropy[object]! += maps.entropy[pixel]!
    mutualInformation[object]! += maps.mutualInformation[pixel]!
  }
  return {
    pixels,
    entropy,
    mutualInformation,
    add,
    addTouching(pixel, left, right, up, down) {
      if (left !== 0) add(pixel, left - 1)
      if (right !== 0 && right !== left) add(pixel, right - 1)
      if (up !== 0 && up !== left && up !== right) add(pixel, up - 1)
      if (down !== 0 && down !== left && down !== right && down !== up) add(pixel, down - 1)
    },
  }
}

function meansOf(sums: Float64Array, counts: Uint32Array): Float32Array {
  return Float32Array.from(sums, (sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]!))
}

function checkSizes(
  { width, height, count, pixels }: Labels,
  { foreground, entropy, mutualInformation }: UncertaintyMaps,
  objectIou: Float32Array | null,
): void {
  for (const map of [foreground, entropy, mutualInformation]) {
    if (map.length !== pixels.length) {
      throw new RangeError(`A map of ${map.length} values for ${width}×${height} pixels`)
    }
  }
  if (objectIou !== null && objectIou.length !== count) {
    throw new RangeError(`${objectIou.length} agreements for ${count} objects`)
  }
}
