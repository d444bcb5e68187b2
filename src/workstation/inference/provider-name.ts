/** Where a network can run, as ONNX Runtime names it; the fastest first, and the CPU, which every PC has, last. */
export const PROVIDER_NAMES = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu'] as const

export type ProviderName = (typeof PROVIDER_NAMES)[number]
