import type { Sha256 } from '../brand.ts'
import type { ProcessingStep } from './processing-step.ts'

/**
 * A network as its package describes it: BioImage Model Zoo description (`rdf.yaml`) 0.5, or an older one
 * brought to it. Names of fields are ours, their meaning is the specification's.
 */
export interface ModelDescription {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly description: string
  readonly authors: readonly string[]
  readonly citations: readonly string[]
  /** SPDX identifier. */
  readonly licence: string
  readonly tags: readonly string[]
  /** As the package was written. */
  readonly formatVersion: string
  readonly inputs: readonly TensorDescription[]
  readonly outputs: readonly TensorDescription[]
  readonly weights: { readonly source: string; readonly sha256: Sha256; readonly opset: number }
  /** First match wins; the specification's defaults stand last. */
  readonly tolerances: readonly Tolerance[]
  /** What the card says, Markdown; null where the package has none. */
  readonly card: string | null
  readonly trainingData: string | null
  /** `config.bioimageio.evaluation` and `bias_risks_limitations`, for people. */
  readonly evaluation: readonly EvaluationTable[]
  readonly limitations: string | null
  /** What Parfocal knows to do with it; null for a network that says nothing of it. */
  readonly use: NetworkUse | null
}

export interface TensorDescription {
  readonly id: string
  readonly description: string
  readonly axes: readonly Axis[]
  readonly dtype: string
  /** Before the network for inputs, after it for outputs. */
  readonly processing: readonly ProcessingStep[]
  /** Before `processing` for inputs, after it for outputs. */
  readonly testTensor: { readonly source: string; readonly sha256: Sha256 | null } | null
  readonly optional: boolean
}

export interface Axis {
  readonly id: string
  readonly kind: 'batch' | 'channel' | 'space' | 'time' | 'index'
  readonly size: AxisSize
  /** Of a channel axis. */
  readonly channelNames: readonly string[]
  /** Length of a step in `unit`. */
  readonly scale: number
  readonly unit: string | null
  /** Pixels at each border of an output that miss context. */
  readonly halo: number
}

export type AxisSize =
  | { readonly kind: 'fixed'; readonly size: number }
  /** min + n · step */
  | { readonly kind: 'stepped'; readonly min: number; readonly step: number }
  /** size of the other axis · its scale / own scale + offset */
  | {
      readonly kind: 'reference'
      readonly tensor: string
      readonly axis: string
      readonly offset: number
    }
  /** Known only when the network has run. */
  | { readonly kind: 'dependent'; readonly min: number; readonly max: number | null }

/** At most `mismatchedPerMillion` of the values may be off by more than `absolute + relative · |expected|`. */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
  readonly mismatchedPerMillion: number
  /** Outputs it is for; empty for all. */
  readonly outputs: readonly string[]
}

export interface EvaluationTable {
  readonly dataset: string
  readonly role: 'train' | 'validation' | 'test' | 'independent' | 'unknown'
  readonly metrics: readonly string[]
  /** A row a factor: its name, then a value for each metric. */
  readonly rows: readonly { readonly factor: string; readonly values: readonly number[] }[]
}

/** `config.parfocal` of the description. */
export interface NetworkUse {
  readonly task:
    'instances-from-boundary' | 'stardist' | 'flows' | 'semantic' | 'classification' | 'embedding'
  /** Diameter of a typical nucleus, in pixels, at which the network works best; null where it does not matter. */
  readonly diameter: number | null
  /** Divides logits before the softmax, so that probabilities are calibrated. 1 changes nothing. */
  readonly temperature: number
  /** Dropout masks that are an input of the network; null where it has none. */
  readonly dropout: { readonly input: string; readonly rate: number } | null
  /** Output from which embeddings and class activation maps are made; null where there is none. */
  readonly features: string | null
  /** File in the package with the features of its training data; null where there is none. */
  readonly outOfDistribution: string | null
  /** Of a classifier, in the order of its output's channels. */
  readonly classes: readonly string[]
}
