/**
 * ONNX Runtime, as only child processes may load it: a run blocks its thread to the end and cannot be cancelled,
 * but a process can be ended.
 */

// Where JavaScript has half-precision arrays, the binding mistakes their length and fails; without them it gives
// the bits as whole numbers.
Reflect.deleteProperty(globalThis, 'Float16Array')

// Keeps NVIDIA's libraries from rounding float32 to 10 bits (TF32): the binding hands CUDA no such option.
process.env['NVIDIA_TF32_OVERRIDE'] ??= '0'

const { env, InferenceSession, listSupportedBackends, Tensor } = await import('onnxruntime-node')

env.logLevel = 'error'

export { InferenceSession, listSupportedBackends, Tensor }

/** Of the native library. */
export const RUNTIME_VERSION: string = env.versions.node ?? env.versions.common
