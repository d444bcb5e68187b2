import type { MapSize } from './predictive-sum.ts'
import type { NamedTensors, RunNetwork, Tensor } from './tensor.ts'

/** A network, one image for it, and what is asked of the answer. */
export interface SaliencyQuestion {
  readonly run: RunNetwork
  /** All inputs of the network, the image among them. */
  readonly inputs: NamedTensors
  /** Name of the image, [1, C, height, width]. */
  readonly image: string
  /** The number asked about, such as the logit of a class, of one image. */
  readonly score: (outputs: NamedTensors) => number
}

export interface ImageShape extends MapSize {
  readonly channels: number
  readonly pixels: number
}

/** @throws RangeError unless the image is one of the inputs and [1, C, height, width]. */
export function imageOf(
  inputs: NamedTensors,
  image: string,
): { readonly tensor: Tensor; readonly shape: ImageShape } {
  const tensor = inputs[image]
  const [batch, channels, height, width] = tensor?.dims ?? []
  if (
    tensor === undefined ||
    tensor.dims.length !== 4 ||
    batch !== 1 ||
    channels === undefined ||
    height === undefined ||
    width === undefined ||
    tensor.data.length !== channels * height * width
  ) {
    throw new RangeError(`${image} is [${tensor?.dims.join(', ') ?? 'nothing'}], no single image`)
  }
  return { tensor, shape: { channels, width, height, pixels: height * width } }
}

/**
 * What stands for "nothing to be seen": a value for each channel.
 *
 * @param fill that value for all channels, or `mean` for the mean of each channel of the image.
 */
export function fillValues(
  { data }: Tensor,
  { channels, pixels }: ImageShape,
  fill: number | 'mean',
): Float64Array {
  return Float64Array.from({ length: channels }, (_, c) => {
    if (fill !== 'mean') return fill
    let sum = 0
    for (let i = c * pixels; i < (c + 1) * pixels; i += 1) sum += data[i]!
    return sum / pixels
  })
}

/**
 * The scores of other images in the place of the one asked about, all in one run.
 *
 * Other inputs that are for one image are repeated; outputs are cut into one for each.
 */
export async function scoresOf(
  { run, inputs, image, score }: SaliencyQuestion,
  images: readonly Float32Array[],
): Promise<readonly number[]> {
  const count = images.length
  const asked = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => [
      name,
      name === image ? stack(images, tensor.dims) : repeat(tensor, count),
    ]),
  )
  const outputs = await run(asked)
  return images.map((_, i) => score(count === 1 ? outputs : cut(outputs, i, count)))
}

function stack(images: readonly Float32Array[], dims: readonly number[]): Tensor {
  const stacked = [images.length, ...dims.slice(1)]
  if (images.length === 1) return { data: images[0]!, dims: stacked }
  const length = images[0]?.length ?? 0
  const data = new Float32Array(images.length * length)
  for (const [i, image] of images.entries()) data.set(image, i * length)
  return { data, dims: stacked }
}

function repeat(tensor: Tensor, count: number): Tensor {
  if (tensor.dims[0] !== 1 || count === 1) return tensor
  return stack(Array<Float32Array>(count).fill(tensor.data), tensor.dims)
}

/** Outputs that have no part for each image stay whole. */
function cut(outputs: NamedTensors, i: number, count: number): NamedTensors {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => {
      if (dims[0] !== count) return [name, { data, dims }]
      const length = data.length / count
      return [
        name,
        { data: data.subarray(i * length, (i + 1) * length), dims: [1, ...dims.slice(1)] },
      ]
    }),
  )
}

/** Parts of a list of at most `size`. */
export function batchesOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (!(size >= 1)) throw new RangeError(`Batches of ${size}`)
  const batches: (readonly T[])[] = []
  for (let i = 0; i < items.length; i += size) batches.push(items.slice(i, i + size))
  return batches
}
