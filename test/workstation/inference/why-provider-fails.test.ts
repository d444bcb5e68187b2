import { expect, test } from 'vitest'
import { whyItFails, whyNotBuilt } from '../../../src/workstation/inference/why-provider-fails.ts'

test.each([
  [
    'cuda',
    'Failed to load library libonnxruntime_providers_shared.so with error: libonnxruntime_providers_shared.so: cannot open shared object file',
    /not installed/,
    /install:cuda/,
  ],
  ['cuda', 'libcuda.so.1: cannot open shared object file', /no NVIDIA driver/, /driver 580/],
  ['cuda', 'CUDA failure 35: CUDA driver version is insufficient', /too old/, /driver 580/],
  ['cuda', 'libcublasLt.so.13: cannot open shared object file', /CUDA 13/, /CUDA 13/],
  ['cuda', 'libcudnn.so.9: cannot open shared object file', /cuDNN 9/, /cuDNN 9/],
  ['webgpu', "Couldn't load Vulkan: libvulkan.so.1: cannot open", /Vulkan/, /libvulkan1/],
  ['webgpu', 'Failed to get a WebGPU adapter: No supported adapters', /no graphics card/, /driver/],
] as const)('%s: %s', (provider, said, what, how) => {
  const why = whyItFails(provider, 'it failed', said)
  expect(why.what).toMatch(what)
  expect(why.how).toMatch(how)
})

test('an unknown cause is passed on in the words of the runtime', () => {
  expect(whyItFails('dml', 'strange', '').what).toBe('strange')
})

test('on Windows the way to an NVIDIA card is DirectML', () => {
  expect(whyNotBuilt('cuda', 'win32').how).toContain('DirectML')
})
