import type { Json } from '#core/canonical.ts'
import type { Result } from '#core/fault.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { Sha256 } from '#core/brand.ts'

/** Where networks are read and proved: the processes of this PC. */
export interface ProvingBench {
  /** Whatever could change a result here, as it is now. */
  environment(): Promise<Environment>
  /** The same on the CPU, which takes over where another provider fails; null where the CPU serves anyway. */
  onCpu(): Promise<ProvingBench | null>
  /** Opens a package and checks what it says; `close` it when it is kept. */
  read(path: string): Promise<Result<OpenPackage>>
  /** Runs test tensors in a process of its own, within the budget of time and memory. */
  prove(network: ProvableNetwork): Promise<Result<Proof>>
}

export interface Environment {
  /** Another key: something changed, and networks have to be tested again. */
  readonly key: string
  /** In words. */
  readonly text: string
}

/** A network whose files lie on the disk. */
export interface ProvableNetwork {
  readonly description: ModelDescription
  /** Where a file lies that the description names. */
  readonly pathOf: (name: string) => string
}

/** A package that was read, until it is closed. */
export interface OpenPackage extends ProvableNetwork {
  /** The text of the description as it was found. */
  readonly document: string
  /** Every file of it, by its path inside the package. */
  readonly files: readonly { readonly name: string; readonly sha256: Sha256 }[]
  close(): Promise<void>
}

/** What came of running test tensors. */
export interface Proof {
  readonly environment: string
  readonly provider: string
  readonly passed: boolean
  /** A KeptReport. */
  readonly report: Json
}
