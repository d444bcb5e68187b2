import { copyReflected, type Region } from './pad-reflect.ts'
import type { NamedTensors, Tensor } from './tensor.ts'
import { placeCore, type PlacedTensor } from './tile-core.ts'
import { tileWeights } from './tile-weights.ts'
import type { TilePlan } from './tile-plan.ts'

/**
 * Runs a network on tiles of one size: [n, c, tile height, tile width] in, outputs [n, k, …, …] back.
 *
 * The tensor given is filled anew for the next tiles once the promise has settled.
 */
export type RunTiles = (tiles: Tensor) => Promise<NamedTensors>

export type Blend = 'none' | 'linear'

export interface TilingOptions {
  /** Tiles that go through the network together; memory grows with it. */
  readonly batch: number
  /**
   * `none` keeps the core of each tile, which is exact where the halo covers what the network looks at.
   * `linear` fades neighbouring tiles into each other over half the halo, for networks that look further.
   */
  readonly blend: Blend
}

/** A piece of each output, by its name. */
export type PlacedTensors = Readonly<Record<string, PlacedTensor>>

/**
 * Runs a network over an image of any size, [1, c, height, width], and puts its outputs together.
 *
 * Outputs may be coarser or finer than the image by a factor that divides (or is a multiple of) the plan's
 * step; an output at 1/8 of 100 pixels has 13. The image is mirrored at its borders.
 *
 * Throws RangeError where image and plan differ or where an output has no such factor.
 */
export async function runTiled(
  input: Tensor,
  plan: TilePlan,
  run: RunTiles,
  options: TilingOptions,
): Promise<NamedTensors> {
  const outputs = new Map<string, Tensor>()
  await forEachTile(input, plan, run, options, (_, pieces) => {
    for (const [name, piece] of Object.entries(pieces)) {
      let whole = outputs.get(name)
      if (whole === undefined) {
        const dims = [1, piece.tensor.dims[1]!, piece.fullHeight, piece.fullWidth]
        whole = { data: new Float32Array(dims.reduce((product, length) => product * length)), dims }
        outputs.set(name, whole)
      }
      putPiece(piece, whole, options.blend)
    }
  })
  return Object.fromEntries(outputs)
}

/**
 * Hands each tile's outputs to `visit` as they come, so that no output need be kept whole.
 *
 * What arrives for a pixel adds up to its value: once and whole without blending, in weighted parts with it.
 * @param visit gets the core in pixels of the image, and each output's piece with its place in that output
 */
export async function forEachTile(
  input: Tensor,
  plan: TilePlan,
  run: RunTiles,
  { batch, blend }: TilingOptions,
  visit: (core: Region, outputs: PlacedTensors) => void,
): Promise<void> {
  const [images, channels, height, width] = input.dims
  if (input.dims.length !== 4 || images !== 1 || channels === undefined) {
    throw new RangeError(`Expected one image [1, c, y, x] and got [${input.dims.join(', ')}]`)
  }
  if (width !== plan.width || height !== plan.height) {
    throw new RangeError(`The plan is for ${plan.width} × ${plan.height} pixels`)
  }
  const tilePixels = channels * plan.tileHeight * plan.tileWidth
  const fed = new Float32Array(Math.min(batch, plan.tiles.length) * tilePixels)
  const weights = blend === 'linear' ? tileWeights(plan) : null
  for (let start = 0; start < plan.tiles.length; start += batch) {
    const tiles = plan.tiles.slice(start, start + batch)
    tiles.forEach((tile, i) => {
      copyReflected(input, tile.input, fed.subarray(i * tilePixels, (i + 1) * tilePixels))
    })
    const outputs = await run({
      data: fed.subarray(0, tiles.length * tilePixels),
      dims: [tiles.length, channels, plan.tileHeight, plan.tileWidth],
    })
    tiles.forEach((tile, i) => {
      const pieces = Object.entries(outputs).map(([name, output]) => {
        const placed = placeCore(output, { plan, tile, index: i, count: tiles.length }, weights)
        return [name, placed] as const
      })
      visit(tile.core, Object.fromEntries(pieces))
    })
  }
}

function putPiece({ tensor, left, top }: PlacedTensor, whole: Tensor, blend: Blend): void {
  const [, channels, height, width] = tensor.dims as [number, number, number, number]
  const [, , fullHeight, fullWidth] = whole.dims as [number, number, number, number]
  let from = 0
  for (let channel = 0; channel < channels; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      const to = (channel * fullHeight + top + y) * fullWidth + left
      if (blend === 'none') whole.data.set(tensor.data.subarray(from, from + width), to)
      else for (let x = 0; x < width; x += 1) whole.data[to + x]! += tensor.data[from + x]!
      from += width
    }
  }
}
