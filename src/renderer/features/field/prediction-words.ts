import type { Prediction } from '#contract/fields.ts'
import { countText } from '../../lib/count-text.ts'

/** A part of the uncertainty, named for what it means; one that is not known is read as it is written. */
export function componentText(name: string): string {
  return (
    COMPONENTS.get(name) ??
    name
      .replaceAll(/(?=[A-Z])/g, ' ')
      .toLowerCase()
      .replaceAll('-', ' ')
  )
}

/** `CPU, 2 threads; onnxruntime-node 1.30.0`. */
export function servedText({ runtime, provider, threads }: Prediction): string {
  return `${PROVIDERS.get(provider) ?? provider}, ${countText(threads, 'thread')}; ${runtime}`
}

export function passesText({ passes }: Prediction): string {
  return passes === 1 ? 'One prediction' : `${passes} predictions, combined`
}

/** Enough of a hash to tell versions apart by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, HASH_LETTERS)
}

const HASH_LETTERS = 8

const COMPONENTS: ReadonlyMap<string, string> = new Map([
  ['disagreement', 'disagreement on objects'],
  ['objects', 'doubtful objects'],
  ['pixelDisagreement', 'disagreement on pixels'],
  ['ambiguity', 'blur and noise'],
  ['missed', 'missed foreground'],
  ['novelty', 'unlike training images'],
])

const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['cpu', 'CPU'],
  ['cuda', 'CUDA'],
  ['dml', 'DirectML'],
  ['coreml', 'CoreML'],
  ['webgpu', 'WebGPU'],
])
