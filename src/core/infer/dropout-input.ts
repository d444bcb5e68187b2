import { dropoutMasks } from './dropout-masks.ts'
import type { Axis, ModelDescription } from './model-description.ts'
import type { NamedTensors, Tensor } from './tensor.ts'

/**
 * The dropout masks that a network wants beside its images, the same ones for each of `count`; nothing for a network
 * that has none.
 *
 * @param dropout which random masks; null for all units in
 * @throws RangeError where the input that is named has no channels
 */
export function dropoutInput(
  { use, inputs }: ModelDescription,
  dropout: number | null,
  seed: number,
  count: number,
): NamedTensors {
  const masks = use?.dropout ?? null
  if (masks === null) return {}
  const { input, rate } = masks
  const axis = inputs.find(({ id }) => id === input)?.axes.find(({ kind }) => kind !== 'batch')
  if (axis === undefined) throw new RangeError(`${input} has no channels to drop`)
  const channels = lengthOf(axis)
  const values =
    dropout === null
      ? dropoutMasks({ channels, rate: 0, seed, pass: 0 })
      : dropoutMasks({ channels, rate, seed, pass: dropout })
  return { [input]: repeated(values, count) }
}

function lengthOf({ size, channelNames }: Axis): number {
  return size.kind === 'fixed' ? size.size : channelNames.length
}

function repeated(values: Float32Array, count: number): Tensor {
  const data = new Float32Array(values.length * count)
  for (let i = 0; i < count; i += 1) data.set(values, i * values.length)
  return { data, dims: [count, values.length] }
}
