import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A library that CUDA in ONNX Runtime loads, and where it comes from. */
export interface MissingLibrary {
  readonly library: string
  readonly how: string
}

const driver = 'Install the NVIDIA driver, 580 or newer.'
const cuda = 'Install the CUDA 13 runtime libraries.'
const cudnn = 'Install cuDNN 9 for CUDA 13.'

/** What `libonnxruntime_providers_cuda.so` 1.29.0 is linked to, and cuDNN, which it opens when it convolves. */
const NEEDED: readonly MissingLibrary[] = [
  { library: 'libcuda.so.1', how: driver },
  { library: 'libcudart.so.13', how: cuda },
  { library: 'libcublas.so.13', how: cuda },
  { library: 'libcublasLt.so.13', how: cuda },
  { library: 'libcurand.so.10', how: cuda },
  { library: 'libcudnn.so.9', how: cudnn },
]

/** Those of them that the loader would not find: neither in its cache nor on LD_LIBRARY_PATH. */
export function findMissing(
  cache: string = loaderCache(),
  path: string = process.env['LD_LIBRARY_PATH'] ?? '',
): readonly MissingLibrary[] {
  const known = new Set(cache.split('\n').map(line => line.trim().split(' ')[0]))
  const folders = path.split(':').filter(folder => folder !== '')
  return NEEDED.filter(
    ({ library }) =>
      !known.has(library) && !folders.some(folder => existsSync(join(folder, library))),
  )
}

/** A line a library: `libcudart.so.13 (libc6,x86-64) => /usr/local/…`. */
function loaderCache(): string {
  const inSbin = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
  return spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env: inSbin }).stdout ?? ''
}
