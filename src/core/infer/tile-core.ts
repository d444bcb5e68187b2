import type { Tensor } from './tensor.ts'
import type { Tile, TilePlan } from './tile-plan.ts'
import type { ScaledSpan, TileWeights } from './tile-weights.ts'

/** A piece of an output, [1, k, height, width], and where in the whole output it lies. */
export interface PlacedTensor {
  readonly tensor: Tensor
  readonly left: number
  readonly top: number
  readonly fullWidth: number
  readonly fullHeight: number
}

/** One tile of those that went through the network together. */
export interface TileOfBatch {
  readonly plan: TilePlan
  readonly tile: Tile
  readonly index: number
  readonly count: number
}

/**
 * Cuts out of an output what one tile contributes: its core, or with weights all of it that lies in the
 * image, multiplied by them.
 *
 * Throws RangeError where the output is no image of the tile at a whole factor.
 */
export function placeCore(
  output: Tensor,
  { plan, tile, index, count }: TileOfBatch,
  weights: TileWeights | null,
): PlacedTensor {
  const [images, channels, height, width] = output.dims
  if (
    output.dims.length !== 4 ||
    images !== count ||
    channels === undefined ||
    height === undefined ||
    width === undefined
  ) {
    throw new RangeError(`An output [${output.dims.join(', ')}] does not belong to ${count} tiles`)
  }
  const kept = weights === null ? tile.core : weights.reach(tile)
  const across = scaleAxis({
    start: kept.left,
    length: kept.width,
    imageLength: plan.width,
    tileStart: tile.input.left,
    tileLength: plan.tileWidth,
    outputLength: width,
    step: plan.step,
  })
  const down = scaleAxis({
    start: kept.top,
    length: kept.height,
    imageLength: plan.height,
    tileStart: tile.input.top,
    tileLength: plan.tileHeight,
    outputLength: height,
    step: plan.step,
  })
  const data = new Float32Array(channels * down.length * across.length)
  const weigh = weights?.of(tile, across, down) ?? null
  let to = 0
  for (let channel = 0; channel < channels; channel += 1) {
    for (let y = 0; y < down.length; y += 1) {
      const row = ((index * channels + channel) * height + down.from + y) * width + across.from
      data.set(output.data.subarray(row, row + across.length), to)
      if (weigh !== null) {
        const weight = weigh.rows[y]!
        for (let x = 0; x < across.length; x += 1) data[to + x]! *= weight * weigh.columns[x]!
      }
      to += across.length
    }
  }
  return {
    tensor: { data, dims: [1, channels, down.length, across.length] },
    left: across.start,
    top: down.start,
    fullWidth: across.full,
    fullHeight: down.full,
  }
}

/** Lengths in pixels of the image, but for `outputLength`. */
interface TileAxis {
  /** What is kept of the image. */
  readonly start: number
  readonly length: number
  readonly imageLength: number
  readonly tileStart: number
  readonly tileLength: number
  readonly outputLength: number
  readonly step: number
}

function scaleAxis(axis: TileAxis): ScaledSpan {
  const { start, length, tileLength, outputLength, step } = axis
  // Everything begins at multiples of the step; these must be whole pixels of the output.
  if ((step * outputLength) % tileLength !== 0) {
    throw new RangeError(
      `${outputLength} pixels of output for ${tileLength} fed do not divide steps of ${step}`,
    )
  }
  const scaled = (place: number): number => (place * outputLength) / tileLength
  const first = scaled(start)
  return {
    start: first,
    from: first - scaled(axis.tileStart),
    length: Math.ceil(scaled(start + length)) - first,
    full: Math.ceil(scaled(axis.imageLength)),
    pitch: tileLength / outputLength,
  }
}
