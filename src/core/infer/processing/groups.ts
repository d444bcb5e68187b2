import type { Axis } from '../model-description.ts'
import type { Tensor } from '../tensor.ts'

/** A tensor in groups of values: those that differ only along some of its axes. */
export interface Groups {
  readonly count: number
  /** Length of each kept axis, 1 along the others: the shape of one statistic for every group. */
  readonly dims: readonly number[]
  /** Places of one step along each axis, in the list of groups. */
  readonly strides: readonly number[]
  /** Length of the tensor's axes. */
  readonly over: readonly number[]
}

/** A stretch of values that lie next to each other along the last axis. */
export interface Run {
  /** In the tensor's data. */
  start: number
  length: number
  /** Group of the first, and how many groups further the next one lies: 0 or 1. */
  group: number
  step: number
}

/**
 * Groups over the axes named, which a statistic is taken across.
 *
 * Throws RangeError where an axis is named that there is not; `batch` may be, for a tensor of one image.
 * @param across ids; null for all axes
 */
export function groupAcross(
  tensor: Tensor,
  axes: readonly Axis[],
  across: readonly string[] | null,
): Groups {
  for (const id of across ?? []) if (id !== 'batch') placeOf(axes, id)
  const dims = tensor.dims.map((length, i) =>
    across === null || across.includes(axes[i]!.id) ? 1 : length,
  )
  return groupsOf(tensor.dims, dims)
}

/** Groups of equal place along one axis. */
export function groupAlong(tensor: Tensor, axes: readonly Axis[], axis: string): Groups {
  const place = placeOf(axes, axis)
  return groupsOf(
    tensor.dims,
    tensor.dims.map((length, i) => (i === place ? length : 1)),
  )
}

export function placeOf(axes: readonly Axis[], id: string): number {
  const place = axes.findIndex(axis => axis.id === id)
  if (place < 0) throw new RangeError(`The tensor has no axis ${id}`)
  return place
}

function groupsOf(over: readonly number[], dims: readonly number[]): Groups {
  const strides = dims.map(() => 0)
  let count = 1
  for (let i = dims.length - 1; i >= 0; i -= 1) {
    strides[i] = dims[i] === 1 ? 0 : count
    count *= dims[i]!
  }
  return { count, dims, strides, over }
}

/** Goes through a tensor in order of its memory; the run handed over is the same object each time. */
export function forEachRun({ over, strides }: Groups, visit: (run: Run) => void): void {
  const length = over.at(-1) ?? 1
  const total = over.reduce((product, own) => product * own, 1)
  const run: Run = { start: 0, length, group: 0, step: strides.at(-1) ?? 0 }
  const index = over.map(() => 0)
  for (; run.start < total; run.start += length) {
    visit(run)
    for (let axis = over.length - 2; axis >= 0; axis -= 1) {
      index[axis]! += 1
      run.group += strides[axis]!
      if (index[axis]! < over[axis]!) break
      run.group -= index[axis]! * strides[axis]!
      index[axis] = 0
    }
  }
}
