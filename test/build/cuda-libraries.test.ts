import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  areInPlace,
  checkIntegrity,
  CUDA_LIBRARIES,
  placeLibraries,
  removeLibraries,
  runtimeFolder,
  type CudaLibraries,
} from '../../build/cuda-libraries.ts'

const shared = 'libonnxruntime_providers_shared.so'
const cuda = 'libonnxruntime_providers_cuda.so'

const libraries: CudaLibraries = {
  runtime: '1.29.0',
  carrier: { spec: 'carrier@1.0.0', integrity: 'sha512-none' },
  files: { [shared]: sha256('the shared part'), [cuda]: sha256('the CUDA part') },
}

let ground: string
let folder: string

beforeEach(() => {
  ground = mkdtempSync(join(tmpdir(), 'parfocal-cuda-test-'))
  folder = join(ground, 'runtime')
  mkdirSync(folder)
})

afterEach(() => {
  rmSync(ground, { recursive: true, force: true })
})

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** A folder as the carrier's tarball unpacks to. */
function carrier(contents: Readonly<Record<string, string>>): string {
  const deep = join(ground, 'source/package/Plugins/Linux/x64')
  mkdirSync(deep, { recursive: true })
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(deep, name), text)
  return join(ground, 'source')
}

function place(source: string): Promise<void> {
  return placeLibraries(source, folder, join(ground, 'scratch'), libraries)
}

const whole = { [shared]: 'the shared part', [cuda]: 'the CUDA part', 'another.so': 'not wanted' }

describe.runIf(process.platform === 'linux')('the CUDA libraries', () => {
  test('come from a folder', async () => {
    await place(carrier(whole))
    expect(readdirSync(folder).sort()).toEqual([cuda, shared])
    expect(await areInPlace(folder, libraries)).toBe(true)
  })

  test('come from a tarball, and nothing else of it is unpacked', async () => {
    const tarball = join(ground, 'carrier.tgz')
    spawnSync('tar', ['-czf', tarball, '-C', carrier(whole), 'package'])
    await place(tarball)
    expect(await areInPlace(folder, libraries)).toBe(true)
    expect(existsSync(join(ground, 'scratch/package/Plugins/Linux/x64/another.so'))).toBe(false)
  })

  test('that are not the expected ones leave nothing behind', async () => {
    const source = carrier({ ...whole, [cuda]: 'something else' })
    await expect(place(source)).rejects.toThrow(/cuda\.so is not the file that belongs/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('that are incomplete leave nothing behind', async () => {
    await expect(place(carrier({ [shared]: 'the shared part' }))).rejects.toThrow(/does not hold/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('that were there before stay when others are refused', async () => {
    await place(carrier(whole))
    await expect(place(carrier({ ...whole, [cuda]: 'broken' }))).rejects.toThrow()
    expect(await areInPlace(folder, libraries)).toBe(true)
  })

  test('are known to be in place only while they are whole', async () => {
    expect(await areInPlace(folder, libraries)).toBe(false)
    await place(carrier(whole))
    writeFileSync(join(folder, cuda), 'the CUDA par')
    expect(await areInPlace(folder, libraries)).toBe(false)
  })

  test('are taken away again, once', async () => {
    await place(carrier(whole))
    expect(removeLibraries(folder, libraries)).toEqual([shared, cuda])
    expect(removeLibraries(folder, libraries)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  test('cannot come from nowhere, or from what is no tarball', async () => {
    await expect(place(join(ground, 'nowhere'))).rejects.toThrow(/is not there/)
    writeFileSync(join(ground, 'no.tgz'), 'text')
    await expect(place(join(ground, 'no.tgz'))).rejects.toThrow(/cannot be unpacked/)
  })
})

test('a fetched package has to be the one that was published', async () => {
  const path = join(ground, 'some.tgz')
  writeFileSync(path, 'bytes')
  const hash = createHash('sha512').update('bytes').digest('base64')
  const published = { ...libraries, carrier: { spec: '', integrity: `sha512-${hash}` } }
  await expect(checkIntegrity(path, published)).resolves.toBeUndefined()
  await expect(checkIntegrity(path, libraries)).rejects.toThrow(/not the one expected/)
})

test('libraries of another version are refused before anything is fetched', () => {
  writeFileSync(join(ground, 'package.json'), '{"version":"1.30.0"}')
  expect(() => runtimeFolder(ground, libraries)).toThrow(
    /1\.30\.0; these libraries are for 1\.29\.0/,
  )
  expect(() => runtimeFolder(join(ground, 'none'), libraries)).toThrow(/no onnxruntime-node/)
})

test('the libraries that are pinned are those of the runtime in the lock file', () => {
  const lock = JSON.parse(
    readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
  ) as { packages: Record<string, { version?: string }> }
  expect(lock.packages['node_modules/onnxruntime-node']?.version).toBe(CUDA_LIBRARIES.runtime)
})
