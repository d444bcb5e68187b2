import type { Axis } from './model-description.ts'
import type { Tensor } from './tensor.ts'

/** How images lie in our own tensors. */
const PLANAR = ['batch', 'channel', 'y', 'x'] as const
type Planar = (typeof PLANAR)[number]

/**
 * A tensor in the order of a network's axes as batch, channel, y, x; what the network lacks has length 1.
 *
 * Throws RangeError where the rank is not that of the axes, or where an axis that is none of the four
 * (z, time, index) is longer than 1. The data are shared with the tensor given where only lengths of 1 move.
 */
export function toPlanar(tensor: Tensor, axes: readonly Axis[]): Tensor {
  const places = placesOf(axes)
  if (tensor.dims.length !== axes.length) throw rankMismatch(tensor, axes)
  axes.forEach((axis, i) => {
    if (!places.includes(i) && tensor.dims[i] !== 1) {
      throw new RangeError(`Axis ${axis.id} of length ${tensor.dims[i]} has no place in an image`)
    }
  })
  return permute(tensor, places)
}

/**
 * Batch, channel, y, x in the order of a network's axes; the inverse of `toPlanar`.
 *
 * Throws RangeError where an axis is longer than 1 that the network does not have.
 */
export function fromPlanar(tensor: Tensor, axes: readonly Axis[]): Tensor {
  if (tensor.dims.length !== PLANAR.length) {
    throw new RangeError(`Expected batch, channel, y, x and got ${tensor.dims.length} axes`)
  }
  const places = placesOf(axes)
  places.forEach((place, i) => {
    if (place === null && tensor.dims[i] !== 1) {
      throw new RangeError(
        `The network has no axis ${PLANAR[i]}, which has length ${tensor.dims[i]}`,
      )
    }
  })
  const wanted = axes.map((_, i) => {
    const planar = places.indexOf(i)
    return planar < 0 ? null : planar
  })
  return permute(tensor, wanted)
}

/** For batch, channel, y and x, which of the network's axes it is; null where it has none. */
function placesOf(axes: readonly Axis[]): (number | null)[] {
  return PLANAR.map(name => {
    const place = axes.findIndex(axis => planarName(axis) === name)
    return place < 0 ? null : place
  })
}

function planarName({ id, kind }: Axis): Planar | null {
  if (kind === 'batch' || kind === 'channel') return kind
  if (kind === 'space' && (id === 'y' || id === 'x')) return id
  return null
}

/** Axes in another order; null makes a new axis of length 1. */
function permute({ data, dims }: Tensor, order: readonly (number | null)[]): Tensor {
  const strides = stridesOf(dims)
  const to = order.map(from => (from === null ? 1 : dims[from]!))
  const steps = order.map(from => (from === null ? 0 : strides[from]!))
  const long = order.filter(from => from !== null && dims[from]! > 1) as readonly number[]
  if (long.every((from, i) => i === 0 || from > long[i - 1]!)) return { data, dims: to }
  const out = new Float32Array(data.length)
  const inner = to.at(-1)!
  const innerStep = steps.at(-1)!
  const index = to.map(() => 0)
  let from = 0
  for (let start = 0; start < out.length; start += inner) {
    for (let i = 0; i < inner; i += 1) out[start + i] = data[from + i * innerStep]!
    for (let axis = to.length - 2; axis >= 0; axis -= 1) {
      index[axis]! += 1
      from += steps[axis]!
      if (index[axis]! < to[axis]!) break
      from -= index[axis]! * steps[axis]!
      index[axis] = 0
    }
  }
  return { data: out, dims: to }
}

/** How far apart in the data two neighbours along each axis are. */
export function stridesOf(dims: readonly number[]): number[] {
  const strides = dims.map(() => 1)
  for (let i = dims.length - 2; i >= 0; i -= 1) strides[i] = strides[i + 1]! * dims[i + 1]!
  return strides
}

function rankMismatch({ dims }: Tensor, axes: readonly Axis[]): RangeError {
  const names = axes.map(({ id }) => id).join(', ')
  return new RangeError(`A tensor of ${dims.length} axes was given for ${names}`)
}
