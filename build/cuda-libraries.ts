import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** The CUDA part of one version of ONNX Runtime: what Microsoft builds, and does not put on npm itself. */
export interface CudaLibraries {
  /** Of ONNX Runtime; provider libraries of another version would crash it. */
  readonly runtime: string
  /** The npm package that carries them, and what its tarball hashes to. */
  readonly carrier: { readonly spec: string; readonly integrity: string }
  /** SHA-256 of each file. */
  readonly files: Readonly<Record<string, string>>
}

/** Built for CUDA 13 and cuDNN 9. The carrier holds Microsoft's files as they are (MIT licence). */
export const CUDA_LIBRARIES: CudaLibraries = {
  runtime: '1.29.0',
  carrier: {
    spec: 'com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9',
    integrity:
      'sha512-FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==',
  },
  files: {
    'libonnxruntime_providers_shared.so':
      'c6a12593396095f5670160e284c35d1700b7708cf3037b7042e2a5200ccae772',
    'libonnxruntime_providers_cuda.so':
      '56cf3254b118ad837ccc4ed8f6d1b23504bbf7ef91b34cbc0b289cb7f10b3037',
  },
}

/** What ends the work, in words for the person who asked for it. */
export class Refusal extends Error {}

/** The folder of the native runtime in an `onnxruntime-node` package, which has to be of the right version. */
export function runtimeFolder(packageFolder: string, { runtime }: CudaLibraries): string {
  const file = join(packageFolder, 'package.json')
  if (!existsSync(file)) throw new Refusal(`There is no onnxruntime-node in ${packageFolder}.`)
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: unknown }
  if (version !== runtime) {
    throw new Refusal(
      `onnxruntime-node here is ${String(version)}; these libraries are for ${runtime} and would crash it.`,
    )
  }
  return join(packageFolder, 'bin/napi-v6/linux/x64')
}

/** Whether all files are in place and are what they should be. */
export async function areInPlace(folder: string, { files }: CudaLibraries): Promise<boolean> {
  for (const [name, sha256] of Object.entries(files)) {
    const path = join(folder, name)
    if (!existsSync(path) || (await hashOf(path, 'sha256', 'hex')) !== sha256) return false
  }
  return true
}

/** Takes the files away again; those that are not there are no matter. */
export function removeLibraries(folder: string, { files }: CudaLibraries): readonly string[] {
  const there = Object.keys(files).filter(name => existsSync(join(folder, name)))
  for (const name of there) rmSync(join(folder, name))
  return there
}

/**
 * Copies the files beside the runtime: all of them, or none.
 *
 * @param source a folder that holds them, however deep, or a `.tgz` that does
 * @param scratch an empty folder for what is unpacked
 */
export async function placeLibraries(
  source: string,
  folder: string,
  scratch: string,
  libraries: CudaLibraries,
): Promise<void> {
  if (!existsSync(source)) throw new Refusal(`${source} is not there.`)
  const from = statSync(source).isDirectory() ? source : unpack(source, scratch, libraries)
  const found = findFiles(from, Object.keys(libraries.files))
  const copies: { readonly part: string; readonly path: string }[] = []
  try {
    for (const [name, sha256] of Object.entries(libraries.files)) {
      const path = found.get(name)
      if (path === undefined) throw new Refusal(`${source} does not hold ${name}.`)
      const part = join(folder, `${name}.part`)
      copies.push({ part, path: join(folder, name) })
      copyFileSync(path, part)
      // The copy is checked, as that is what will be loaded.
      if ((await hashOf(part, 'sha256', 'hex')) !== sha256) {
        throw new Refusal(
          `${name} is not the file that belongs to ONNX Runtime ${libraries.runtime}.`,
        )
      }
    }
    for (const { part, path } of copies) renameSync(part, path)
  } finally {
    for (const { part } of copies) rmSync(part, { force: true })
  }
}

/** Throws unless a tarball is the one that was published. */
export async function checkIntegrity(tarball: string, { carrier }: CudaLibraries): Promise<void> {
  const found = `sha512-${await hashOf(tarball, 'sha512', 'base64')}`
  if (found !== carrier.integrity) {
    throw new Refusal(`The package that was fetched is not the one expected (${found}).`)
  }
}

/** Unpacks nothing but the files that are wanted. */
function unpack(tarball: string, scratch: string, { files }: CudaLibraries): string {
  mkdirSync(scratch, { recursive: true })
  const wanted = Object.keys(files).map(name => `*/${name}`)
  const { status, stderr, error } = spawnSync(
    'tar',
    ['-xzf', tarball, '-C', scratch, '--no-same-owner', '--wildcards', ...wanted],
    { encoding: 'utf8' },
  )
  if (error !== undefined) throw new Refusal(`tar could not be started: ${error.message}`)
  if (status !== 0)
    throw new Refusal(`${tarball} cannot be unpacked: ${stderr.trim().split('\n')[0]}`)
  return scratch
}

function findFiles(folder: string, names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && names.includes(entry.name)) {
      found.set(entry.name, join(entry.parentPath, entry.name))
    }
  }
  return found
}

async function hashOf(
  path: string,
  algorithm: 'sha256' | 'sha512',
  encoding: 'hex' | 'base64',
): Promise<string> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest(encoding)
}
