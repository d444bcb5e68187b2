import { fail, type Result } from '#core/fault.ts'
import type { ByteSource } from './byte-source.ts'
import type { StructureFault } from './image-structure.ts'
import { PNG_SIGNATURE, readPngStructure, type PngStructure } from './png-structure.ts'
import { readTiffStructure, type TiffStructure } from './tiff-structure.ts'

/** How TIFF and BigTIFF begin, little-endian and big-endian. */
const TIFF_SIGNATURES = [
  [0x49, 0x49, 42, 0],
  [0x4d, 0x4d, 0, 42],
  [0x49, 0x49, 43, 0],
  [0x4d, 0x4d, 0, 43],
] as const

/** Knows an image by its first bytes, whatever its name: microscopes do write TIFF into files called .png. */
export async function readStructure(
  source: ByteSource,
): Promise<Result<TiffStructure | PngStructure, StructureFault>> {
  const { path } = source
  const start = await source.read(0, 8)
  if (start.length === 0) return fail({ kind: 'image-truncated', path, detail: 'it is empty' })
  const begins = (signature: readonly number[]): boolean =>
    signature.every((byte, i) => i >= start.length || start[i] === byte)
  if (TIFF_SIGNATURES.some(begins)) return readTiffStructure(source)
  if (begins(PNG_SIGNATURE)) return readPngStructure(source)
  return fail({ kind: 'not-an-image', path, detail: 'neither TIFF nor PNG' })
}
