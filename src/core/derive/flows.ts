import { z } from 'zod'
import type { Labels } from '../image/labels.ts'
import { stage } from '../stage.ts'
import { fillObjectHoles } from './fill-object-holes.ts'
import { flowError } from './flow-error.ts'
import { areasOf } from './object-statistics.ts'
import { renumber } from './renumber.ts'
import { sinkMasks, type MovedPixels } from './sink-masks.ts'

/** How objects are made from flows that lead each pixel to the middle of its object. */
export const FlowParams = z.strictObject({
  /** Pixels whose probability of being in an object is above this are moved. */
  cellThreshold: z.number().min(0).max(1).default(0.5),
  /** Steps that each pixel is moved along the flow. */
  steps: z.number().int().positive().max(10_000).default(200),
  /** Length of the network's flow that moves a pixel by one pixel a step. */
  unit: z.number().positive().default(5),
  /** Objects whose flows differ by more from those that their shape would have are dropped; `off` keeps all. */
  largestError: z.union([z.literal('off'), z.number().positive()]).default(0.4),
  /** Smaller objects are dropped, in pixels. */
  smallestArea: z.number().int().nonnegative().default(15),
  /** Larger objects are dropped, as a share of the image. */
  largestShare: z.number().positive().max(1).default(0.4),
})
export type FlowParams = z.infer<typeof FlowParams>

/** What a network says about each pixel, row-major. */
export interface FlowMaps {
  readonly width: number
  readonly height: number
  /** The flow towards growing y and growing x. */
  readonly down: Float32Array
  readonly across: Float32Array
  /** Probability, 0 to 1, of being in an object. */
  readonly cell: Float32Array
}

/**
 * Objects from flows, as Cellpose finds them (Stringer et al. 2021, https://doi.org/10.1038/s41592-020-01018-x).
 *
 * Pixels move along the flow; those that end at one sink are one object.
 */
export const flows = stage({
  id: 'derive.flows',
  version: 1,
  defaults: FlowParams.parse({}),
  run: followFlows,
})

function followFlows(maps: FlowMaps, params: FlowParams): Labels {
  const moved = movePixels(maps, params)
  const masks = sinkMasks(moved)
  const areas = areasOf(masks)
  const largest = params.largestShare * masks.pixels.length
  const likely = renumber(masks, mask => areas[mask]! <= largest)
  const solid = fillObjectHoles(dropBadFlows(likely, maps, params))
  const solidAreas = areasOf(solid)
  return renumber(solid, mask => solidAreas[mask]! >= params.smallestArea)
}

/** Euler's method with bilinear flows; a pixel stays within the image and counts for where it was cut to. */
function movePixels(
  { width, height, down, across, cell }: FlowMaps,
  { cellThreshold, steps, unit }: FlowParams,
): MovedPixels {
  const isCell = (i: number): boolean => cell[i]! > cellThreshold
  const dy = down.map((flow, i) => (isCell(i) ? flow / unit : 0))
  const dx = across.map((flow, i) => (isCell(i) ? flow / unit : 0))
  const ends = new Int32Array(cell.length).fill(-1)
  for (let i = 0; i < ends.length; i += 1) {
    if (!isCell(i)) continue
    let x = i % width
    let y = Math.floor(i / width)
    for (let step = 0; step < steps; step += 1) {
      const left = Math.floor(x)
      const top = Math.floor(y)
      const toRight = left < width - 1 ? 1 : 0
      const toBelow = top < height - 1 ? width : 0
      const u = x - left
      const v = y - top
      const a = top * width + left
      const wa = (1 - u) * (1 - v)
      const wb = u * (1 - v)
      const wc = (1 - u) * v
      const wd = u * v
      const b = a + toRight
      const c = a + toBelow
      const d = c + toRight
      const moveX = dx[a]! * wa + dx[b]! * wb + dx[c]! * wc + dx[d]! * wd
      const moveY = dy[a]! * wa + dy[b]! * wb + dy[c]! * wc + dy[d]! * wd
      if (moveX === 0 && moveY === 0) break
      x = Math.fround(Math.min(width - 1, Math.max(0, x + moveX)))
      y = Math.fround(Math.min(height - 1, Math.max(0, y + moveY)))
    }
    ends[i] = Math.floor(y) * width + Math.floor(x)
  }
  return { width, height, ends }
}

function dropBadFlows(masks: Labels, maps: FlowMaps, { largestError, unit }: FlowParams): Labels {
  if (largestError === 'off') return masks
  const errors = flowError(masks, maps, unit)
  return renumber(masks, mask => !(errors[mask]! > largestError))
}
