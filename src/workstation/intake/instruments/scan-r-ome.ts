import { ok, type Result } from '#core/fault.ts'
import type { PlateSize } from '#core/plate/well.ts'
import type { Channel, PlaneBlock, RunFacts } from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import { gatherBlocks } from '../gather-blocks.ts'
import { omeChannels, omeRunFacts } from '../ome-facts.ts'
import { omePlaneIndex, type OmeImage, type OmeXml } from '../ome-metadata.ts'
import { momentAfter } from '../ome-units.ts'
import { readOmeFile } from '../ome-xml.ts'
import type { PlaneAddress, PlaneFacts } from '../plane-file.ts'

/** What the `metadata.ome.xml` of newer scan^R software says. */
export interface ScanROme {
  readonly format: PlateSize | null
  readonly channels: readonly Channel[]
  readonly facts: RunFacts | null
  /** By the name of the file in lower case; the well is null where no plate is described. */
  readonly planes: ReadonlyMap<string, PlaneAddress & { readonly facts: PlaneFacts }>
  /** Null where no plate says where the wells are. */
  readonly promised: readonly PlaneBlock[] | null
}

/**
 * Reads OME-XML as scan^R writes it beside its images: an image for each position, whose id has the numbers of well and
 * position (`W14P1`), and each plane in a file of its own (fractal-uzh-converters). The stage's y grows upwards.
 */
export async function readScanROme(
  access: Pick<FileAccess, 'readStart'>,
  path: string,
): Promise<Result<ScanROme>> {
  const read = await readOmeFile(access, path)
  if (!read.ok) return read
  const { images, plates, objectives } = read.value
  const planes = placePlanes(read.value)
  const placed = [...planes.values()].every(({ well }) => well !== null)
  return ok({
    format: plates[0]?.format ?? null,
    channels: images[0] === undefined ? [] : omeChannels(images[0]),
    facts: omeRunFacts(images, objectives, null) ?? null,
    planes,
    promised: placed && planes.size > 0 ? gatherBlocks(planes.values()) : null,
  })
}

function placePlanes({ images, plates }: OmeXml): ScanROme['planes'] {
  const wells = new Map(
    plates.flatMap(({ samples }) => samples.map(({ image, well }) => [image, well] as const)),
  )
  const planes = new Map<string, PlaneAddress & { readonly facts: PlaneFacts }>()
  for (const image of images) {
    const numbers = /W(?<well>\d{1,5})P(?<site>\d{1,5})/.exec(image.id)?.groups
    if (numbers === undefined) continue
    const channels = omeChannels(image)
    for (const { fileName, depth, channel, time } of image.blocks) {
      const named = channels[channel]
      if (fileName === null || named === undefined) continue
      planes.set(fileName.toLowerCase(), {
        well: wells.get(image.id) ?? null,
        site: Number(numbers['site']),
        channel: named.name,
        wave: named.wave,
        z: depth + 1,
        t: time + 1,
        projection: false,
        facts: factsOf(image, omePlaneIndex(image, depth, channel, time)),
      })
    }
  }
  return planes
}

function factsOf({ planes, stage, pixelSize, acquiredAt }: OmeImage, index: number): PlaneFacts {
  const note = planes.get(index)
  const place = note?.position ?? stage
  const delay = note?.delay ?? null
  return {
    pixelSize,
    position: place === null ? null : { ...place, y: 0 - place.y },
    takenAt: acquiredAt === null || delay === null ? null : momentAfter(acquiredAt, delay),
  }
}
