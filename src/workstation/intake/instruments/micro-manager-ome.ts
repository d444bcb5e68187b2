import type { FileAccess } from '../file-access.ts'
import { omePlaneFiles, type PlacedImage } from '../ome-facts.ts'
import { omePlaneIndex } from '../ome-metadata.ts'
import { readOmeSets } from '../ome-sets.ts'
import type { DatasetPlane } from './micro-manager-dataset.ts'
import { pathBelow, stemOf, type StackName } from './micro-manager-names.ts'

/** The planes of stacks by the OME-XML that Micro-Manager writes when it closes them. */
export async function readOme(
  stacks: readonly StackName[],
  access: FileAccess,
): Promise<readonly DatasetPlane[]> {
  const { sets } = await readOmeSets(
    stacks.map(({ file }) => file),
    access,
  )
  const byPath = new Map(stacks.map(stack => [stack.file.path, stack]))
  return sets.flatMap(({ images }) =>
    images.flatMap(located => {
      const { image, planes } = located
      const stack = byPath.get(planes[0]?.file.path ?? '')
      if (stack === undefined) return []
      const position = stack.position ?? image.stageName
      const placed: PlacedImage = { located, place: { well: null, site: null, position: null } }
      return omePlaneFiles(placed).map((plane, i): DatasetPlane => {
        const { depth, channel, time, file, page } = planes[i]!
        return {
          file,
          page,
          position,
          field: pathBelow(stack.folder, stemOf({ ...stack, position })),
          channel,
          channelName: image.channels[channel]!.name,
          slice: depth,
          frame: time,
          exposure: image.planes.get(omePlaneIndex(image, depth, channel, time))?.exposure ?? null,
          facts: plane.facts ?? null,
        }
      })
    }),
  )
}
