import type { Plane } from '../image/plane.ts'
import { scaledSize } from '../prepare/rescale.ts'
import { resizeTensor } from './augment.ts'
import type { Inference } from './inference-params.ts'
import type { ModelDescription } from './model-description.ts'
import { imageInput } from './network-member.ts'
import { showField } from './show-field.ts'
import type { Tensor } from './tensor.ts'

/** A field as networks are shown it. */
export interface FieldViews {
  /**
   * Prepared as the network wants it and brought to so many times its size, [1, c, height, width]. Networks that
   * want the same get the same tensor; nobody writes to it.
   */
  at(description: ModelDescription, factor: number): Tensor
}

/** @param planes of one size, in the order of the networks' channels */
export function createFieldViews(
  planes: readonly Plane[],
  params: Pick<Inference, 'illumination' | 'intensity'>,
): FieldViews {
  const whole = new Map<string, Tensor>()
  const scaled = new Map<string, Tensor>()
  return {
    at(description, factor) {
      const input = imageInput(description)
      const wish = JSON.stringify(input.processing)
      const name = `${factor} ${wish}`
      const known = scaled.get(name)
      if (known !== undefined) return known
      const full = whole.get(wish) ?? showField(planes, input, params)
      whole.set(wish, full)
      const { width, height } = planes[0]!
      const view = resizeTensor(full, scaledSize({ width, height }, factor))
      // Of other scales than the last one nobody will ask again.
      scaled.clear()
      scaled.set(name, view)
      return view
    },
  }
}
