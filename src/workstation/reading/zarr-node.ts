import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** What a folder is by its Zarr metadata. */
export type ZarrNode =
  | { readonly kind: 'array' }
  /** An image in several sizes: `arrays` are their paths below the folder, the full size first. */
  | { readonly kind: 'image'; readonly arrays: readonly string[] }
  | { readonly kind: 'other' }

/** The metadata of an array or of an image are a few kB; only groups that repeat those of all below have more. */
export const LARGEST_METADATA = 2 ** 20

const OTHER: ZarrNode = { kind: 'other' }

/** @param names what the folder holds; nothing is opened where no metadata is among them. */
export async function readZarrNode(folder: string, names: ReadonlySet<string>): Promise<ZarrNode> {
  if (names.has('.zarray')) return { kind: 'array' }
  const name = ['.zattrs', 'zarr.json'].find(candidate => names.has(candidate))
  if (name === undefined) return OTHER
  const text = await readSmall(join(folder, name))
  if (text === null) return OTHER
  try {
    const parsed = NODE.safeParse(JSON.parse(text))
    if (!parsed.success) return OTHER
    const { node_type: type, attributes, multiscales: older } = parsed.data
    if (name === 'zarr.json' && type === 'array') return { kind: 'array' }
    const [multiscale] = (name === 'zarr.json' ? attributes?.ome?.multiscales : older) ?? []
    if (multiscale === undefined) return OTHER
    return { kind: 'image', arrays: multiscale.datasets.map(({ path }) => path) }
  } catch {
    // It is still being written, or no Zarr at all.
    return OTHER
  }
}

const MULTISCALES = z
  .array(
    z.object({
      datasets: z
        .array(z.object({ path: z.coerce.string().max(1000) }))
        .min(1)
        .max(100),
    }),
  )
  .optional()
  .catch(undefined)

const NODE = z.object({
  node_type: z.string().optional().catch(undefined),
  multiscales: MULTISCALES,
  attributes: z
    .object({ ome: z.object({ multiscales: MULTISCALES }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/** Null where it is too large or cannot be read: then nothing is known of the folder. */
async function readSmall(path: string): Promise<string | null> {
  try {
    await using file = await open(path, 'r')
    const { size } = await file.stat()
    return size > LARGEST_METADATA ? null : await file.readFile('utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return null
    throw cause
  }
}
