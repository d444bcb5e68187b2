import { rescale, scaledSize, type ImageSize } from '../prepare/rescale.ts'
import { applyDihedral, DIHEDRALS, invertDihedral, type Dihedral } from './dihedral.ts'
import type { Tensor } from './tensor.ts'

/** One way in which an image is shown to a network again. */
export interface Augmentation {
  readonly dihedral: Dihedral
  /** Times the size. */
  readonly scale: number
  /** γ of x ↦ sign(x) · |x|^γ, for images brought to about 0…1: 1 changes nothing, below 1 lifts what is dim. */
  readonly intensity: number
}

export interface AugmentationChoice {
  /** 8 for all turns and flips. */
  readonly dihedral: 1 | 8
  readonly scales: readonly number[]
  /** Values of γ, above 0. */
  readonly intensities: readonly number[]
}

/**
 * All combinations of what is chosen, each once, in a fixed order: intensities outermost, then scales, then turns.
 * Empty lists stand for 1 alone.
 *
 * Throws RangeError for a scale or γ that is not above 0.
 */
export function augmentations({
  dihedral,
  scales,
  intensities,
}: AugmentationChoice): readonly Augmentation[] {
  const turns = DIHEDRALS.slice(0, dihedral)
  return onceEach(intensities).flatMap(intensity =>
    onceEach(scales).flatMap(scale => turns.map(turn => ({ dihedral: turn, scale, intensity }))),
  )
}

function onceEach(values: readonly number[]): readonly number[] {
  const wrong = values.find(value => !(value > 0 && Number.isFinite(value)))
  if (wrong !== undefined) throw new RangeError(`${wrong} is no factor`)
  return values.length === 0 ? [1] : [...new Set(values)]
}

/** The image as the network is to see it: brightness, then size, then turn; the image itself where nothing changes. */
export function applyAugmentation(image: Tensor, augmentation: Augmentation): Tensor {
  const { scale, intensity, dihedral } = augmentation
  const lit = intensity === 1 ? image : raise(image, intensity)
  const size = sizeOf(image)
  const sized = resizeTensor(lit, scaledSize(size, scale))
  return dihedral === 0 ? sized : applyDihedral(sized, dihedral)
}

/**
 * A map that the network made of an augmented image, as it lies over the image itself: turned back, then at
 * the size given. Without scale this is exact. Values are left alone: channels that mean directions must
 * be turned by whoever knows them.
 */
export function undoAugmentation(map: Tensor, { dihedral }: Augmentation, size: ImageSize): Tensor {
  return resizeTensor(dihedral === 0 ? map : invertDihedral(map, dihedral), size)
}

/** Resizes the last two axes; the same tensor where nothing changes. */
export function resizeTensor(tensor: Tensor, { width, height }: ImageSize): Tensor {
  const own = sizeOf(tensor)
  if (own.width === width && own.height === height) return tensor
  const images = tensor.dims.slice(0, -2).reduce((product, length) => product * length, 1)
  const data = new Float32Array(images * width * height)
  for (let i = 0; i < images; i += 1) {
    const area = own.width * own.height
    const pixels = tensor.data.subarray(i * area, (i + 1) * area)
    data.set(rescale({ ...own, pixels }, { width, height }).pixels, i * width * height)
  }
  return { data, dims: [...tensor.dims.slice(0, -2), height, width] }
}

function sizeOf({ dims }: Tensor): ImageSize {
  return { width: dims.at(-1)!, height: dims.at(-2)! }
}

function raise({ data, dims }: Tensor, gamma: number): Tensor {
  return { data: data.map(value => Math.sign(value) * Math.abs(value) ** gamma), dims }
}
