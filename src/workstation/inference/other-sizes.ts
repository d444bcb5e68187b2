import { assertNever } from '#core/fault.ts'
import type { Axis, TensorDescription } from '#core/infer/model-description.ts'
import type { NamedTensors, Tensor } from '#core/infer/tensor.ts'

/** Lengths of the axes of tensors, by the tensors' ids. */
export type NamedSizes = Readonly<Record<string, readonly number[]>>

/**
 * Input sizes that the description allows beside that of the test tensors: the least, one step more than tested
 * along every axis that can grow, and a step more again along the last of them, so that y and x differ.
 *
 * Empty where every size is fixed.
 */
export function otherSizes(
  inputs: readonly TensorDescription[],
  tested: NamedTensors,
): readonly NamedSizes[] {
  const growing = inputs.flatMap(input => input.axes.filter(grows).map(axis => ({ input, axis })))
  const last = growing.at(-1)?.axis
  if (last === undefined) return []
  const choices: readonly ((axis: Axis, size: number) => number)[] = [
    axis => leastOf(axis),
    (axis, size) => size + stepOf(axis),
    (axis, size) => size + stepOf(axis) * (axis === last ? 2 : 1),
  ]
  const wanted = choices.map(choose => sizesWith(inputs, tested, choose))
  const known = new Set([JSON.stringify(sizesWith(inputs, tested, (_, size) => size))])
  return wanted.filter(sizes => {
    const key = JSON.stringify(sizes)
    return !known.has(key) && known.add(key)
  })
}

/** A tensor of another size with the values of one that is there, repeated. */
export function repeatTo({ data, dims }: Tensor, wanted: readonly number[]): Tensor {
  const out = new Float32Array(wanted.reduce((product, size) => product * size, 1))
  for (let i = 0; i < out.length; i += 1) {
    let rest = i
    let from = 0
    let stride = 1
    for (let axis = wanted.length - 1; axis >= 0; axis -= 1) {
      const place = rest % wanted[axis]!
      rest = Math.floor(rest / wanted[axis]!)
      from += (place % dims[axis]!) * stride
      stride *= dims[axis]!
    }
    out[i] = data[from]!
  }
  return { data: out, dims: wanted }
}

/**
 * How long an axis of an output has to be, or null where only the network knows.
 *
 * @param inputs descriptions of the tensors whose sizes are given
 */
export function lengthOf(
  axis: Axis,
  inputs: readonly TensorDescription[],
  sizes: NamedSizes,
): number | null {
  const { size } = axis
  if (axis.kind === 'batch' && size.kind !== 'fixed') return null
  switch (size.kind) {
    case 'fixed':
      return size.size
    case 'stepped':
    case 'dependent':
      return null
    case 'reference': {
      const tensor = inputs.find(({ id }) => id === size.tensor)
      const place = tensor?.axes.findIndex(({ id }) => id === size.axis) ?? -1
      const other = tensor?.axes[place]
      const length = sizes[size.tensor]?.[place]
      if (other === undefined || length === undefined) return null
      return Math.floor((length * other.scale) / axis.scale) + size.offset
    }
    default:
      return assertNever(size)
  }
}

/** `image 1 × 1 × 264 × 256` */
export function sizeText(sizes: NamedSizes): string {
  return Object.entries(sizes)
    .map(([id, lengths]) => `${id} ${lengths.join(' × ')}`)
    .join(', ')
}

function sizesWith(
  inputs: readonly TensorDescription[],
  tested: NamedTensors,
  choose: (axis: Axis, size: number) => number,
): NamedSizes {
  const sizes: Record<string, readonly number[]> = {}
  for (const { id, axes } of inputs) {
    sizes[id] = axes.map((axis, i) => {
      const size = tested[id]!.dims[i]!
      return grows(axis) ? choose(axis, size) : size
    })
  }
  // Sizes that follow others come second, when those are known.
  for (const { id, axes } of inputs) {
    sizes[id] = axes.map((axis, i) => lengthOf(axis, inputs, sizes) ?? sizes[id]![i]!)
  }
  return sizes
}

function grows({ kind, size }: Axis): boolean {
  return kind !== 'batch' && size.kind === 'stepped' && size.step > 0
}

function leastOf({ size }: Axis): number {
  return size.kind === 'stepped' ? size.min : 1
}

function stepOf({ size }: Axis): number {
  return size.kind === 'stepped' ? size.step : 0
}
