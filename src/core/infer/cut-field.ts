import { resizeTensor } from './augment.ts'
import type { AxisSize, ModelDescription } from './model-description.ts'
import { imageInput, spaceAxes } from './network-member.ts'
import { copyReflected } from './pad-reflect.ts'
import type { Tensor } from './tensor.ts'
import { planTiles, type Tile } from './tile-plan.ts'

/** A field as images of one size for a network that says something of a whole image. */
export interface FieldPieces {
  /** What the pieces are of, in pixels. */
  readonly width: number
  readonly height: number
  /** Cores cover each pixel once; what a piece has beyond its core is mirrored or its neighbour's. */
  readonly tiles: readonly Tile[]
  /** [tiles, c, height, width] */
  readonly images: Tensor
}

/**
 * Cuts a field for a network: into pieces of its size at its scale; of a fixed size without a scale it is shown the
 * field as a whole, brought to that size.
 *
 * @param view the field at the network's scale, [1, c, height, width]
 * @param most longest side of a piece in pixels, for networks that take any
 */
export function cutField(view: Tensor, description: ModelDescription, most: number): FieldPieces {
  const space = spaceAxes(imageInput(description))
  const x = space.find(({ id }) => id === 'x')!.size
  const y = space.find(({ id }) => id === 'y')!.size
  const isWhole = (description.use?.diameter ?? null) === null
  if (isWhole && x.kind === 'fixed' && y.kind === 'fixed') {
    const size = { width: x.size, height: y.size }
    const whole = { left: 0, top: 0, ...size }
    const tiles = [{ input: whole, core: whole }]
    return { ...size, tiles, images: resizeTensor(view, size) }
  }
  const [, channels, height, width] = view.dims as [number, number, number, number]
  const step = Math.max(stepOf(x), stepOf(y))
  const sizes = { width: x, height: y }
  const plan = planTiles({ width, height, tile: most, halo: 0, step, sizes })
  const length = channels * plan.tileHeight * plan.tileWidth
  const data = new Float32Array(plan.tiles.length * length)
  for (const [i, { input }] of plan.tiles.entries()) {
    copyReflected(view, input, data.subarray(i * length, (i + 1) * length))
  }
  const dims = [plan.tiles.length, channels, plan.tileHeight, plan.tileWidth]
  return { width, height, tiles: plan.tiles, images: { data, dims } }
}

function stepOf(size: AxisSize): number {
  return size.kind === 'stepped' ? Math.max(1, size.step) : 1
}
