import { readdir } from 'node:fs/promises'
import { listArrayFiles } from '../reading/array-files.ts'
import { readZarrNode } from '../reading/zarr-node.ts'
import type { Ask } from './ask-in-time.ts'

/** What a folder is to a survey. */
export type FolderKind =
  /** A Zarr array: one image file of many parts. */
  | { readonly kind: 'array' }
  /** Any other; `derived` are those of its folders whose arrays are no images of a microscope. */
  | { readonly kind: 'folder'; readonly derived: ReadonlySet<string> }

const FOLDER: FolderKind = { kind: 'folder', derived: new Set() }

/** What OME-NGFF and Fractal keep beside the sizes of an image. */
const BESIDE = ['labels', 'tables']

/** @param names what the folder holds; nothing is opened where no Zarr metadata is among them. */
export async function folderKind(
  absolute: string,
  names: ReadonlySet<string>,
  ask: Ask,
): Promise<FolderKind> {
  const node = await ask(() => readZarrNode(absolute, names))
  if (node.kind === 'array') return node
  if (node.kind === 'other') return FOLDER
  const [full, ...smaller] = node.arrays.map(path => path.split('/')[0]!)
  return { kind: 'folder', derived: new Set([...smaller, ...BESIDE].filter(name => name !== full)) }
}

/** Size and time of an array: of all its files, and of the newest. */
export interface ArrayVersion {
  readonly bytes: number
  readonly modified: string
}

/** Null where the folder is no array. Rejects with what the file system says. */
export async function lookAtArray(absolute: string, ask: Ask): Promise<ArrayVersion | null> {
  const names = new Set(await ask(() => readdir(absolute)))
  const { kind } = await folderKind(absolute, names, ask)
  return kind === 'array' ? measureArray(absolute, ask) : null
}

export async function measureArray(absolute: string, ask: Ask): Promise<ArrayVersion> {
  const { bytes, modified } = await listArrayFiles(absolute, ask)
  return { bytes, modified: modified.toString() }
}
