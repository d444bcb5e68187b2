import type { ProviderName } from './provider-name.ts'

export interface WhyNot {
  /** What is wrong. */
  readonly what: string
  /** What to do. */
  readonly how: string
}

/** A provider that the runtime was not built with, on each system. */
export function whyNotBuilt(provider: ProviderName, platform: string): WhyNot {
  const what = 'ONNX Runtime has it on other systems only'
  switch (provider) {
    case 'cuda':
      return platform === 'win32'
        ? { what, how: 'On Windows use DirectML (dml), which serves NVIDIA cards too.' }
        : { what, how: 'CUDA needs Linux on x64 with an NVIDIA card.' }
    case 'dml':
      return { what, how: 'DirectML needs Windows 10 or later; here use another provider.' }
    case 'coreml':
      return { what, how: 'Core ML needs a Mac with an Apple processor.' }
    case 'webgpu':
      return { what, how: 'WebGPU needs Windows, macOS, or Linux on x64.' }
    case 'cpu':
      return { what: 'ONNX Runtime is damaged', how: 'Install Parfocal again.' }
  }
}

/** Signs of a cause in what the runtime said, the most telling first. */
const SIGNS: readonly (WhyNot & { readonly of: ProviderName; readonly sign: RegExp })[] = [
  {
    of: 'cuda',
    sign: /libonnxruntime_providers_(shared|cuda)\.so: cannot open/,
    what: 'the CUDA part of ONNX Runtime is not installed',
    how: 'With an NVIDIA card, run "npm run install:cuda" once.',
  },
  {
    of: 'cuda',
    sign: /libcuda\.so|no CUDA-capable device|CUDA failure 100|CUDA_ERROR_NO_DEVICE/,
    what: 'there is no NVIDIA driver (libcuda.so.1) or no NVIDIA card',
    how: 'Install the NVIDIA driver 580 or newer.',
  },
  {
    of: 'cuda',
    sign: /driver version is insufficient|CUDA failure 35/,
    what: 'the NVIDIA driver is too old for CUDA 13',
    how: 'Install the NVIDIA driver 580 or newer.',
  },
  {
    of: 'cuda',
    sign: /libcudnn|cudnn.*(not found|could not|cannot)/i,
    what: 'cuDNN 9 for CUDA 13 is missing',
    how: 'Install cuDNN 9 (libcudnn.so.9) where the loader finds it.',
  },
  {
    of: 'cuda',
    sign: /lib(cudart|cublas|cublasLt|curand|cufft|nvrtc)\.so/,
    what: 'CUDA 13 is missing or incomplete',
    how: 'Install the CUDA 13 runtime (cudart, cublas, curand) where the loader finds it.',
  },
  {
    of: 'webgpu',
    sign: /libvulkan/,
    what: 'Vulkan is not installed (libvulkan.so.1)',
    how: "Install libvulkan1 and the graphics card's Vulkan driver.",
  },
  {
    of: 'webgpu',
    sign: /WebGPU adapter|No supported adapters/,
    what: 'there is no graphics card that WebGPU can use',
    how: 'Install or renew the driver of the graphics card.',
  },
  {
    of: 'dml',
    sign: /No adapter|DXGI|D3D12|887A0004|80004005/i,
    what: 'there is no graphics card with DirectX 12',
    how: 'Install or renew the driver of the graphics card.',
  },
]

/**
 * Why a provider failed, in plain words.
 *
 * @param said what the runtime gave as the error, and what its libraries wrote on stderr.
 */
export function whyItFails(provider: ProviderName, failure: string, said: string): WhyNot {
  const text = `${failure}\n${said}`
  const known = SIGNS.find(({ of, sign }) => of === provider && sign.test(text))
  if (known !== undefined) return { what: known.what, how: known.how }
  return { what: failure, how: "Renew the graphics card's driver, or leave it to the CPU." }
}
