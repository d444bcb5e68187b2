import { fail, ok, type Result } from '#core/fault.ts'
import {
  ArrayChanged,
  listArrayFiles,
  readArrayFile,
  type ArrayFile,
  type ArrayFiles,
} from './array-files.ts'
import { fileFault } from './file-fault.ts'
import { hashArray } from './hash-array.ts'
import type { FileVersion, OpenImage, PageFile, ReadPage } from './image-reader.ts'
import { toRaster } from './intensities.ts'
import { NO_NOTES } from './page-notes.ts'
import type { Raster } from './raster.ts'
import type { ChunkFiles, DecodePage } from './zarr-chunks.ts'
import { LARGEST_METADATA } from './zarr-node.ts'
import { readZarrStructure, type ZarrStructure } from './zarr-structure.ts'

/** Up to so many bytes are read once and decoded from memory, from the very bytes that were hashed. */
const HELD_BYTES = 32 * 2 ** 20

/**
 * A Zarr array as one image file, each of its planes a page.
 *
 * @param version `file-changed` where the array is another one; null where any will do
 */
export function openArray(
  path: string,
  version: FileVersion | null = null,
): Promise<Result<OpenImage>> {
  return withArray(path, async listed => {
    if (version !== null && !isVersion(listed, version)) return changed(path)
    const structure = await structureOf(path, listed)
    if (!structure.ok) return structure
    const parts = listed.bytes <= HELD_BYTES ? new Map<string, Uint8Array[]>() : null
    const sha256 = await hashArray(path, listed.files, ({ name }, part) => {
      if (parts === null) return
      const own = parts.get(name)
      if (own === undefined) parts.set(name, [part])
      else own.push(part)
    })
    const after = await listArrayFiles(path)
    if (after.bytes !== listed.bytes || after.modified !== listed.modified) return changed(path)
    const held = parts === null ? null : joined(parts)
    const chunks = held === null ? chunksOnDisk(path, listed) : chunksInMemory(held)
    let decode: DecodePage | null = null
    return ok({
      path,
      bytes: listed.bytes,
      modified: String(listed.modified),
      sha256,
      structure: structure.value,
      async readPage(page) {
        return withFaults(path, async () => {
          decode ??= await beginDecoding(structure.value, chunks)
          return rasterOf(path, structure.value, page, decode)
        })
      },
      // The group around the array says it, which is no part of the array.
      readNotes: () => Promise.resolve(ok(NO_NOTES)),
    })
  })
}

function isVersion(listed: ArrayFiles, { bytes, modified }: FileVersion): boolean {
  return listed.bytes === bytes && listed.modified === BigInt(modified)
}

/** What an array says about itself and what of it is there; no chunk is opened. */
export function probeArray(path: string): Promise<Result<ZarrStructure>> {
  return withArray(path, listed => structureOf(path, listed))
}

/** One page of one version of an array, without hashing the array. */
export function readArrayPage(file: PageFile): Promise<Result<ReadPage>> {
  const { path, page } = file
  return withArray(path, async listed => {
    if (!isVersion(listed, file)) return changed(path)
    const structure = await structureOf(path, listed)
    if (!structure.ok) return structure
    const decode = await beginDecoding(structure.value, chunksOnDisk(path, listed))
    const raster = await rasterOf(path, structure.value, page, decode)
    return raster.ok ? ok({ raster: raster.value, ...NO_NOTES }) : raster
  })
}

function withArray<T>(
  path: string,
  use: (listed: ArrayFiles) => Promise<Result<T>>,
): Promise<Result<T>> {
  return withFaults(path, async () => use(await listArrayFiles(path)))
}

async function withFaults<T>(path: string, use: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await use()
  } catch (cause) {
    return cause instanceof ArrayChanged ? changed(path) : fileFault(path, cause)
  }
}

async function structureOf(path: string, listed: ArrayFiles): Promise<Result<ZarrStructure>> {
  const metadata = listed.files.find(isMetadata)
  if (metadata === undefined) return fail({ kind: 'not-an-image', path, detail: 'a folder' })
  if (metadata.bytes > LARGEST_METADATA) {
    const detail = `${metadata.name} of ${metadata.bytes} bytes`
    return fail({ kind: 'image-too-large', path, detail })
  }
  const json = await readArrayFile(path, metadata)
  return readZarrStructure(path, metadata.name, json, listed)
}

function isMetadata({ name }: ArrayFile): boolean {
  return name === '.zarray' || name === 'zarr.json'
}

async function beginDecoding({ metadata }: ZarrStructure, chunks: ChunkFiles): Promise<DecodePage> {
  // Only here: those who read other images never load it.
  const { decodePages } = await import('./zarr-chunks.ts')
  return decodePages(metadata, chunks)
}

async function rasterOf(
  path: string,
  structure: ZarrStructure,
  page: number,
  decode: DecodePage,
): Promise<Result<Raster>> {
  const described = structure.pages[page]
  if (described === undefined) {
    const detail = `page ${page + 1} of ${structure.pages.length}`
    return fail({ kind: 'image-unsupported', path, detail })
  }
  if (described.refusal !== null) return fail({ ...described.refusal, path })
  const decoded = await decode(page)
  if (!decoded.ok) return fail({ kind: decoded.kind, path, detail: decoded.detail })
  return toRaster(path, described, decoded.pixels)
}

function chunksOnDisk(path: string, { files }: ArrayFiles): ChunkFiles {
  const byName = new Map(files.map(file => [file.name, file]))
  return {
    size: name => byName.get(name)?.bytes,
    read: (name, range) => readArrayFile(path, byName.get(name)!, range),
  }
}

function chunksInMemory(held: ReadonlyMap<string, Uint8Array>): ChunkFiles {
  return {
    size: name => held.get(name)?.length,
    async read(name, range) {
      const bytes = held.get(name)!
      return range === undefined ? bytes : bytes.subarray(range.offset, range.offset + range.length)
    },
  }
}

function joined(parts: ReadonlyMap<string, readonly Uint8Array[]>): Map<string, Uint8Array> {
  return new Map(
    [...parts].map(([name, own]) => [name, own.length === 1 ? own[0]! : Buffer.concat(own)]),
  )
}

function changed(path: string): Result<never> {
  return fail({ kind: 'file-changed', path })
}
