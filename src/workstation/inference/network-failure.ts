import type { Fault } from '#core/fault.ts'

/**
 * A failed run on its way out of `core`, whose tiling and averaging know nothing of sessions: thrown by
 * `Session.run`, turned back into its fault by whoever began the work.
 */
export class NetworkFailure extends Error {
  readonly fault: Fault
  /** Inputs that are not what the network takes would fail on every provider. */
  readonly blame: 'inputs' | 'run'

  constructor(fault: Fault, blame: 'inputs' | 'run' = 'run') {
    super(`the network failed: ${fault.kind}`)
    this.fault = fault
    this.blame = blame
  }
}
