import type { Provider } from '#core/infer/inference-params.ts'

/** Where a network can run, as ONNX Runtime names it. */
export type ProviderName = Provider

/** The fastest first, and the CPU, which every PC has, last. */
export const PROVIDER_NAMES: readonly ProviderName[] = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu']
