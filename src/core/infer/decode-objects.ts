import { instancesFromBoundary } from '../derive/instances-from-boundary.ts'
import type { Labels } from '../image/labels.ts'
import type { DecodingParams } from './inference-params.ts'
import type { FindingTask } from './network-member.ts'

/** What one or many passes say of an image, at the scale of the network. */
export interface ObjectMaps {
  readonly width: number
  readonly height: number
  readonly classes: number
  /** [classes, height, width], 0…1. */
  readonly probabilities: Float32Array
  /** Rays or flows [n, height, width]; null where the task has none. */
  readonly vectors: Float32Array | null
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
  const boundary = { ...params, diameter: diameter ?? ('auto' as const) }
  switch (task) {
    case 'instances-from-boundary':
    case 'semantic':
      return instancesFromBoundary.run(boundaryMaps(maps), boundary)
    case 'stardist':
    case 'flows':
      throw new RangeError(`${task} is not decoded yet`)
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
