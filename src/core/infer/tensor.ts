/** Numbers of any rank, row-major (the last axis varies fastest). */
export interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** Tensors by the names that a network gives its inputs or outputs. */
export type NamedTensors = Readonly<Record<string, Tensor>>

/**
 * Runs a network once: a value for each input, all outputs back.
 *
 * `core` says what is to be run; sessions and processes are the workstation's.
 */
export type RunNetwork = (inputs: NamedTensors) => Promise<NamedTensors>
