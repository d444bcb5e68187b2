import type { Result } from '#core/fault.ts'
import { fileSource } from './byte-source.ts'
import { readStructure } from './image-format.ts'
import type { ImageStructure } from './image-structure.ts'
import { probeArray } from './open-array.ts'
import { isFolderFault, withFile } from './open-file.ts'
import type { ArrayExtent } from './zarr-structure.ts'

export interface ProbedStructure extends ImageStructure {
  /** Of a Zarr array. */
  readonly array?: ArrayExtent
}

/**
 * What an image file says about itself, from its header, directories and tables alone: a few blocks, however
 * large it is. `image-truncated` says that something of it lies beyond its end, or is not written yet; of an array
 * that is said by its missing chunks, for one may well do without them.
 */
export async function probeImage(path: string): Promise<Result<ProbedStructure>> {
  const probed = await withFile<ProbedStructure>(path, null, ({ handle, size }) =>
    readStructure(fileSource(path, handle, size)),
  )
  return !probed.ok && isFolderFault(probed.fault) ? probeArray(path) : probed
}
