import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Sha256 } from '#core/brand.ts'
import { unfinishedFolder } from '../store/open-store.ts'
import { digestOfBytes } from './digest.ts'

/** A file of the store that is named by its own content. */
export interface Artifact {
  readonly sha256: Sha256
  readonly bytes: number
  /** Path inside the store's `artifacts` folder, with forward slashes: `<aa>/<sha256>.<ending>`. */
  readonly location: string
}

/**
 * Keeps bytes under the name of their hash: written to a temporary name, fsynced, renamed.
 *
 * Whoever gets the answer may commit a row that names it. The same bytes twice are one file.
 */
export function keepArtifact(store: string, bytes: Uint8Array, ending: string): Artifact {
  const sha256 = digestOfBytes(bytes)
  const location = `${sha256.slice(0, 2)}/${sha256}.${ending}`
  const path = artifactPath(store, location)
  if (!existsSync(path)) {
    const unfinished = join(unfinishedFolder(store), `${process.pid}-${sha256}`)
    mkdirSync(dirname(unfinished), { recursive: true })
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(unfinished, 'w')
    try {
      writeWhole(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(unfinished, path)
    syncFolder(dirname(path))
  }
  return { sha256, bytes: bytes.length, location }
}

/**
 * Keeps a file as `keepArtifact` keeps bytes, however large: it is copied and hashed piece by piece.
 *
 * Rejects where the file is not what `sha256` says.
 */
export async function keepArtifactFile(
  store: string,
  source: string,
  sha256: Sha256,
  ending: string,
): Promise<Artifact> {
  const location = `${sha256.slice(0, 2)}/${sha256}.${ending}`
  const path = artifactPath(store, location)
  if (existsSync(path)) return { sha256, bytes: (await stat(path)).size, location }
  const unfinished = join(unfinishedFolder(store), `${process.pid}-${sha256}`)
  await mkdir(dirname(unfinished), { recursive: true })
  await mkdir(dirname(path), { recursive: true })
  try {
    const hash = createHash('sha256')
    const passOn = async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        hash.update(piece)
        yield piece
      }
    }
    const to = createWriteStream(unfinished, { flush: true })
    await pipeline(createReadStream(source), passOn, to)
    if (hash.digest('hex') !== sha256) throw new Error(`${source} changed while it was being kept`)
    await rename(unfinished, path)
    syncFolder(dirname(path))
    return { sha256, bytes: to.bytesWritten, location }
  } finally {
    await rm(unfinished, { force: true })
  }
}

export function artifactPath(store: string, location: string): string {
  return join(store, 'artifacts', location)
}

function writeWhole(file: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(file, bytes, written)
}

/** Makes the rename itself durable; Windows cannot open folders and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
