import { createReadStream } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { digestStream } from './digest-stream.ts'
import { invalid, refuse } from './objection.ts'
import {
  findDescription,
  LARGEST_FILE,
  type PackageSource,
  type TakenFile,
} from './package-source.ts'
import { LARGEST_DESCRIPTION } from './read-yaml.ts'

/** @param path of a folder, or of the description in it */
export async function readFolder(path: string): Promise<PackageSource> {
  const isFolder = (await stat(path)).isDirectory()
  const folder = isFolder ? path : dirname(path)
  const name = isFolder ? await describedIn(folder) : basename(path)
  const root = await realpath(folder)
  return {
    folder,
    descriptionText: await readText(await fileIn(root, name)),
    take: async file => takeFile(await fileIn(root, file), file),
    dispose: async () => undefined,
  }
}

async function describedIn(folder: string): Promise<string> {
  const found = findDescription(await readdir(folder))
  if (typeof found === 'string') return found
  return found.length === 0
    ? invalid('no description in the folder; allowed: bioimageio.yaml, rdf.yaml or model.yaml')
    : invalid(`several descriptions, ${found.join(', ')}; name the one that is meant`)
}

/** Where a file really lies; null where there is none. Links may point about inside the package. */
async function fileIn(root: string, name: string): Promise<string | null> {
  const path = await realpath(join(root, name)).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause) {
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return null
      if (cause.code === 'ELOOP') return refuse(`${name} is a link that leads to itself`)
    }
    throw cause
  })
  if (path === null) return null
  const inside = relative(root, path)
  if (inside === '..' || inside.startsWith(`..${sep}`) || join(root, inside) !== path) {
    return refuse(`${name} is a link to a file outside the package`)
  }
  // Opening a pipe would wait for somebody to write into it.
  const { size, isFile } = await stat(path).then(stats => ({
    size: stats.size,
    isFile: stats.isFile(),
  }))
  if (!isFile) return refuse(`${name} is not a file`)
  if (size > LARGEST_FILE) return refuse(`${name} has ${size} bytes; allowed: ${LARGEST_FILE}`)
  return path
}

async function readText(path: string | null): Promise<string> {
  if (path === null) return invalid('the description is not there')
  await using handle = await open(path, 'r')
  const { size } = await handle.stat()
  if (size > LARGEST_DESCRIPTION) {
    return refuse(`the description has ${size} bytes; allowed: ${LARGEST_DESCRIPTION}`)
  }
  return decodeText(await handle.readFile())
}

async function takeFile(path: string | null, name: string): Promise<TakenFile | null> {
  if (path === null) return null
  return digestStream(createReadStream(path), null, bytes => {
    if (bytes > LARGEST_FILE) refuse(`${name} grows while it is read`)
  })
}

export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return invalid('the description is not UTF-8 text')
  }
}
