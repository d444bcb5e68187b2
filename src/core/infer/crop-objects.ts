import { factorFor } from '../derive/network-scale.ts'
import type { Labels } from '../image/labels.ts'
import type { FieldViews } from './field-views.ts'
import { fitSize } from './fit-size.ts'
import type { Axis, ModelDescription } from './model-description.ts'
import { imageInput, spaceAxes } from './network-member.ts'
import { copyReflected, type Region } from './pad-reflect.ts'
import type { Tensor } from './tensor.ts'

/** A place in a field, in its pixels; 0, 0 is the centre of the first one. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** A square around each object of a field, as a network is shown them. */
export interface ObjectCrops {
  /** The field as the network wants it, [1, c, height, width]. */
  readonly view: Tensor
  /** A region of the view for each object, in their order; those at a border reach beyond it. */
  readonly regions: readonly Region[]
}

/** The centre of each object, the mean of its pixels; object i + 1 at place i. */
export function objectCentres({ width, pixels, count }: Labels): readonly Place[] {
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const area = new Float64Array(count)
  for (let i = 0; i < pixels.length; i += 1) {
    const object = pixels[i]! - 1
    if (object < 0) continue
    x[object]! += i % width
    y[object]! += Math.floor(i / width)
    area[object]! += 1
  }
  return Array.from({ length: count }, (_, i) => ({ x: x[i]! / area[i]!, y: y[i]! / area[i]! }))
}

/** Sides of crops for a network that takes any: three typical nuclei wide. */
const NUCLEI_ACROSS = 3
const USUAL_SIDE = 64

/**
 * Plans the crops of a network: of its own size, or three nuclei wide where it takes any, around the whole pixel
 * nearest to each centre, in the field at the network's scale.
 *
 * @param diameter of a typical nucleus in pixels of the field; null for as it is
 */
export function planCrops(
  views: FieldViews,
  description: ModelDescription,
  centres: readonly Place[],
  diameter: number | null,
  field: { readonly width: number; readonly height: number },
): ObjectCrops {
  const target = description.use?.diameter ?? null
  const factor = target === null || diameter === null ? 1 : factorFor(diameter, target)
  const view = views.at(description, factor)
  const across = view.dims[3]! / field.width
  const down = view.dims[2]! / field.height
  const wanted = target === null ? USUAL_SIDE : Math.ceil(NUCLEI_ACROSS * target)
  const space = spaceAxes(imageInput(description))
  const width = lengthOf(
    space.find(({ id }) => id === 'x')!,
    wanted,
  )
  const height = lengthOf(
    space.find(({ id }) => id === 'y')!,
    wanted,
  )
  const regions = centres.map(({ x, y }) => ({
    left: Math.round((x + 0.5) * across - width / 2),
    top: Math.round((y + 0.5) * down - height / 2),
    width,
    height,
  }))
  return { view, regions }
}

/** Crops as images, [n, c, height, width], from one object up to another; the field is mirrored at its borders. */
export function cutCrops({ view, regions }: ObjectCrops, from: number, to: number): Tensor {
  const chosen = regions.slice(from, to)
  const [first] = chosen
  const channels = view.dims[1]!
  if (first === undefined) return { data: new Float32Array(0), dims: [0, channels, 0, 0] }
  const length = channels * first.width * first.height
  const data = new Float32Array(chosen.length * length)
  for (const [i, region] of chosen.entries()) {
    copyReflected(view, region, data.subarray(i * length, (i + 1) * length))
  }
  return { data, dims: [chosen.length, channels, first.height, first.width] }
}

function lengthOf({ size }: Axis, wanted: number): number {
  if (size.kind === 'fixed') return size.size
  return fitSize(size, wanted)?.length ?? wanted
}
