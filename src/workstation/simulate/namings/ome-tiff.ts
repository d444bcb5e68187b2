import { encodeTiffPages } from '#core/image/encode-tiff.ts'
import type { Naming } from '../naming.ts'
import { omeBinaryOnly, omeFieldName, omePlate } from '../ome-plate.ts'

/** OME-TIFF: a file of one page a channel for each field, and all metadata in a companion that is written first. */
export const omeTiffNaming: Naming = {
  packs: 'field',
  planePath: (plate, { well, site }) => omeFieldName(plate, well, site),
  files: (plate, { well, site, planes }) => {
    const description = omeBinaryOnly(companion(plate.name))
    const pages = planes.map(({ plane: { width, height, pixels } }, page) => {
      return { width, height, pixels, ...(page === 0 ? { description } : {}) }
    })
    return [{ path: omeFieldName(plate, well, site), bytes: encodeTiffPages(pages) }]
  },
  sideFiles: (plate, imagedFields) =>
    imagedFields === 0 ? [{ path: companion(plate.name), text: omePlate(plate) }] : [],
}

function companion(name: string): string {
  return `${name}.companion.ome`
}
