import { flows } from '../derive/flows.ts'
import { instancesFromBoundary } from '../derive/instances-from-boundary.ts'
import { stardist, type StarDistParams } from '../derive/stardist.ts'
import type { Labels } from '../image/labels.ts'
import type { DecodingParams } from './inference-params.ts'
import type { ModelDescription } from './model-description.ts'
import type { FindingTask } from './network-member.ts'
import type { Tensor } from './tensor.ts'

/** What one or many passes say of an image, at the scale of the network. */
export interface ObjectMaps {
  readonly width: number
  readonly height: number
  readonly classes: number
  /** [classes, height, width], 0…1. */
  readonly probabilities: Float32Array
  /** As in `ReadOutputs`, on its own grid over the same image. */
  readonly directed: Tensor | null
}

/**
 * Makes objects of what networks say, by their task.
 *
 * @param diameter of a typical nucleus at this scale; null to find it among the objects
 */
export function decodeObjects(
  task: FindingTask,
  maps: ObjectMaps,
  params: DecodingParams,
  diameter: number | null,
): Labels {
  switch (task) {
    case 'instances-from-boundary':
    case 'semantic': {
      const boundary = { ...params.boundary, diameter: diameter ?? ('auto' as const) }
      return instancesFromBoundary.run(boundaryMaps(maps), boundary)
    }
    case 'stardist':
      return stardist.run(starMaps(maps), {
        ...firstSaid(params.stardist, stardist.defaults),
        grid: gridOf(maps),
      })
    case 'flows':
      return flows.run(flowMaps(maps), params.flows)
  }
}

/** What a recipe leaves to the package of its first network, as that says; what neither says stays null. */
export function decodingBy({ outputs }: ModelDescription, params: DecodingParams): DecodingParams {
  const step = outputs
    .flatMap(({ processing }) => processing)
    .find(({ id }) => id === 'stardist_postprocessing')
  if (step?.id !== 'stardist_postprocessing') return params
  return { ...params, stardist: firstSaid(params.stardist, step) }
}

type StarDecoding = Pick<StarDistParams, 'probabilityThreshold' | 'overlapThreshold' | 'border'>

function firstSaid(
  { probabilityThreshold, overlapThreshold, border }: DecodingParams['stardist'],
  otherwise: StarDecoding,
): StarDecoding {
  return {
    probabilityThreshold: probabilityThreshold ?? otherwise.probabilityThreshold,
    overlapThreshold: overlapThreshold ?? otherwise.overlapThreshold,
    border: border ?? otherwise.border,
  }
}

/** Probability of not being background from which a pixel can belong to an object. */
export function foregroundThreshold(task: FindingTask, params: DecodingParams): number {
  switch (task) {
    case 'instances-from-boundary':
    case 'semantic':
      return params.boundary.foregroundThreshold
    case 'stardist':
      // Polygons have outlines of their own: pixels of objects are kept whatever their probability.
      return 1 - Number.EPSILON
    case 'flows':
      return params.flows.cellThreshold
  }
}

/** How probable any object is at each pixel, 0…1. */
export function foregroundOf(maps: Pick<ObjectMaps, 'classes' | 'probabilities'>): Float32Array {
  const { classes, probabilities } = maps
  if (classes === 1) return probabilities
  const background = probabilities.subarray(0, probabilities.length / classes)
  return background.map(value => 1 - value)
}

/** Classes as background, interior and boundary; a network without a boundary has all of an object for interior. */
function boundaryMaps(maps: ObjectMaps) {
  const { width, height, classes, probabilities } = maps
  const size = width * height
  const channel = (i: number): Float32Array => probabilities.subarray(i * size, (i + 1) * size)
  const boundary = classes > 2 ? channel(2) : new Float32Array(size)
  if (classes > 1) return { width, height, background: channel(0), interior: channel(1), boundary }
  return { width, height, background: channel(0).map(p => 1 - p), interior: channel(0), boundary }
}

function starMaps({ width, height, directed }: ObjectMaps) {
  const { data, dims } = directed!
  const [, channels, rows, columns] = dims as [number, number, number, number]
  const size = rows * columns
  return {
    ...{ width: columns, height: rows, rays: channels - 1, field: { width, height } },
    probability: data.subarray(0, size),
    distances: data.subarray(size),
  }
}

/** Pixels from one point of StarDist's maps to the next, down and across. */
function gridOf({ width, height, directed }: ObjectMaps): readonly [number, number] {
  const [, , rows, columns] = directed!.dims
  return [spacingOf(height, rows!), spacingOf(width, columns!)]
}

/** StarDist's grids are powers of two; the last point may stand for fewer pixels than the others. */
function spacingOf(pixels: number, points: number): number {
  return 2 ** Math.ceil(Math.log2(pixels / points))
}

function flowMaps({ width, height, probabilities, directed }: ObjectMaps) {
  const { data } = directed!
  const size = width * height
  return {
    ...{ width, height, cell: probabilities },
    down: data.subarray(0, size),
    across: data.subarray(size, 2 * size),
  }
}
