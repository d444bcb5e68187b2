import type { FloatImage } from '../image/blur.ts'
import { fillValues, imageOf, scoresOf, type SaliencyQuestion } from './saliency-input.ts'

export interface DeletionParams {
  /** `delete` covers the most important pixels first, `insert` uncovers them first. */
  readonly mode: 'delete' | 'insert'
  /** Points after the first. */
  readonly steps: number
  readonly fill: number | 'mean'
}

export interface DeletionCurve {
  /** With 0, 1/steps, … 1 of the pixels covered or uncovered. */
  readonly scores: Float64Array
  /** Mean height of the curve by the trapezoid rule, in units of the score: low is good for `delete`, high for `insert`. */
  readonly area: number
}

/**
 * How well a saliency map tells what a score comes from: the score while its pixels go or come in the map's order
 * (Petsiuk et al. 2018, §4). Equal pixels go from the top left.
 *
 * @throws RangeError for a map of another size than the image.
 */
export async function deletionCurve(
  question: SaliencyQuestion,
  map: FloatImage,
  { mode, steps, fill }: DeletionParams,
): Promise<DeletionCurve> {
  const { tensor, shape } = imageOf(question.inputs, question.image)
  const { channels, pixels } = shape
  if (map.width !== shape.width || map.height !== shape.height) {
    throw new RangeError(
      `A map of ${map.width}×${map.height} for ${shape.width}×${shape.height} pixels`,
    )
  }
  const values = fillValues(tensor, shape, fill)
  const order = Uint32Array.from({ length: pixels }, (_, i) => i)
  order.sort((a, b) => map.pixels[b]! - map.pixels[a]! || a - b)
  const image = tensor.data.slice()
  if (mode === 'insert') {
    for (let c = 0; c < channels; c += 1) image.fill(values[c]!, c * pixels, (c + 1) * pixels)
  }
  const scores = new Float64Array(steps + 1)
  let next = 0
  for (let step = 0; step <= steps; step += 1) {
    const end = Math.round((step * pixels) / steps)
    for (; next < end; next += 1) {
      for (let c = 0; c < channels; c += 1) {
        const at = c * pixels + order[next]!
        image[at] = mode === 'delete' ? values[c]! : tensor.data[at]!
      }
    }
    const [score = NaN] = await scoresOf(question, [image.slice()])
    scores[step] = score
  }
  let area = 0
  for (let step = 1; step <= steps; step += 1) area += (scores[step - 1]! + scores[step]!) / 2
  return { scores, area: area / steps }
}
