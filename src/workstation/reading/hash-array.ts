import { createHash } from 'node:crypto'
import type { Sha256 } from '#core/brand.ts'
import { readArrayFile, type ArrayFile } from './array-files.ts'

/** Larger files are read in parts of this size. */
const PART_BYTES = 4 * 2 ** 20

/**
 * The SHA-256 that stands for a Zarr array: over its files in code-unit order of their names below its folder, of each
 * the name in UTF-8, a zero byte, its length in decimal digits, a zero byte, and its bytes.
 *
 * @param files as `listArrayFiles` lists them; rejects with `ArrayChanged` where one is another by now.
 * @param onPart is given what is hashed, so that it need not be read twice.
 * @param ask puts each question to the file system.
 */
export async function hashArray(
  folder: string,
  files: readonly ArrayFile[],
  onPart: (file: ArrayFile, part: Uint8Array) => void = () => {},
  ask: <T>(question: () => Promise<T>) => Promise<T> = question => question(),
): Promise<Sha256> {
  const hash = createHash('sha256')
  for (const file of files) {
    const { name, bytes } = file
    hash.update(`${name}\0${bytes}\0`)
    for (let offset = 0; offset < bytes; offset += PART_BYTES) {
      const length = Math.min(PART_BYTES, bytes - offset)
      const part = await ask(() => readArrayFile(folder, file, { offset, length }))
      hash.update(part)
      onPart(file, part)
    }
  }
  return hash.digest('hex') as Sha256
}
