import { fail, ok, type Result } from '#core/fault.ts'
import type { Channel } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import { pathBelow } from '../path-below.ts'
import type { PlaneAddress, PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { NgffImage } from './ngff-group.ts'
import type { NgffTree } from './ngff-tree.ts'
import { tellApart } from '../tell-channels-apart.ts'

/** What each field of an image has; steps and times count from 1. */
export interface FieldExtent {
  readonly channels: readonly Channel[]
  readonly z: readonly number[]
  readonly t: readonly number[]
}

/** An image of which the array has come. */
export interface ArrivedImage {
  readonly extent: FieldExtent
  /** Planes of which something was written. */
  readonly planes: readonly ImagePlane[]
}

export type ImagePlane = Omit<PlaneFile, 'well' | 'site'> & Pick<PlaneAddress, 'projection'>

/**
 * The image of a group; null where its metadata or its array has not come.
 *
 * The array's pages run along its axes: of c and z, z is the fastest. Pages of which no chunk was written are still to
 * come, or were lost.
 */
export async function readNgffImage(
  folder: string,
  tree: NgffTree,
  access: Pick<FileAccess, 'probeImage' | 'remember'>,
): Promise<Result<ArrivedImage | null>> {
  const read = await tree.read(folder)
  if (!read.ok) return read
  const image = read.value
  if (image?.kind !== 'image') return ok(null)
  const path = pathBelow(folder, image.array)
  const file = path === null ? undefined : tree.array(path)
  if (file === undefined) return ok(null)
  const probed = await access.remember('ome-zarr', file, () => access.probeImage(file.absolute))
  if (!probed.ok) return probed
  const { array, pages } = probed.value
  if (array?.shape.length !== image.axes.length) {
    const detail = `${image.axes.length} axes are described of ${array?.shape.length ?? 0}`
    return fail({ kind: 'index-invalid', path: file.absolute, detail })
  }
  const extent = extentOf(image, array.shape)
  const { width, height } = pages[0]!
  const facts = factsOf(image, width, height)
  const planes = [...pages.keys()]
    .filter(page => !array.absentPages.has(page))
    .map(page => ({ ...planeOf(page, image, array.shape, extent, file), ...facts }))
  return ok({ extent, planes })
}

function extentOf({ axes, labels }: NgffImage, shape: readonly number[]): FieldExtent {
  const size = (axis: string): number => shape[axes.indexOf(axis)] ?? 1
  const channels = tellApart(Array.from({ length: size('c') }, (_, i) => labels[i] ?? null))
  return { channels, z: upTo(size('z')), t: upTo(size('t')) }
}

function planeOf(
  page: number,
  { axes }: NgffImage,
  shape: readonly number[],
  { channels }: FieldExtent,
  file: SurveyedFile,
): ImagePlane {
  const index = { t: 0, c: 0, z: 0 }
  let left = page
  for (let axis = axes.length - 3; axis >= 0; axis -= 1) {
    const name = axes[axis]
    if (name === 't' || name === 'c' || name === 'z') index[name] = left % shape[axis]!
    left = Math.floor(left / shape[axis]!)
  }
  const { wave, name: channel } = channels[index.c]!
  return { ...file, page, channel, wave, z: index.z + 1, t: index.t + 1, projection: false }
}

/** The position of an image is that of its middle. */
function factsOf(
  { space: { pixelSize, origin } }: NgffImage,
  width: number,
  height: number,
): Pick<PlaneFile, 'facts'> {
  if (pixelSize === null) return {}
  const position =
    origin === null
      ? null
      : { x: origin.x + (width * pixelSize) / 2, y: origin.y + (height * pixelSize) / 2, z: null }
  return { facts: { pixelSize, position, takenAt: null } }
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
