import type { Result } from '#core/fault.ts'
import { fileSource } from './byte-source.ts'
import { readStructure } from './image-format.ts'
import type { ImageStructure } from './image-structure.ts'
import { withFile } from './open-file.ts'

/**
 * What an image file says about itself, from its header, directories and tables alone: a few blocks, however
 * large it is. `image-truncated` says that something of it lies beyond its end, or is not written yet.
 */
export function probeImage(path: string): Promise<Result<ImageStructure>> {
  return withFile(path, null, ({ handle, size }) => readStructure(fileSource(path, handle, size)))
}
