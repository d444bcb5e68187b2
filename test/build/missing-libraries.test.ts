import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findMissing } from '../../build/missing-libraries.ts'

const cache = `
	libcuda.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libcuda.so.1
	libcudart.so.13 (libc6,x86-64) => /usr/local/cuda/lib64/libcudart.so.13
	libcublas.so.13 (libc6,x86-64) => /usr/local/cuda/lib64/libcublas.so.13
	libcublasLt.so.13 (libc6,x86-64) => /usr/local/cuda/lib64/libcublasLt.so.13
	libcurand.so.10 (libc6,x86-64) => /usr/local/cuda/lib64/libcurand.so.10
	libcudnn.so.8 (libc6,x86-64) => /lib/libcudnn.so.8
`

test('names what the loader would not find, and where it comes from', () => {
  expect(findMissing(cache, '')).toEqual([
    { library: 'libcudnn.so.9', how: 'Install cuDNN 9 for CUDA 13.' },
  ])
  expect(findMissing('', '')).toHaveLength(6)
})

test('looks along LD_LIBRARY_PATH too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-libraries-'))
  writeFileSync(join(folder, 'libcudnn.so.9'), '')
  expect(findMissing(cache, `/nowhere::${folder}`)).toEqual([])
  rmSync(folder, { recursive: true })
})
