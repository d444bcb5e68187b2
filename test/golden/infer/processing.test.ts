import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { applyProcessing } from '#core/infer/apply-processing.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'
import { axesOf } from '../../support/network-axes.ts'

interface Values {
  readonly dims: readonly number[]
  readonly data: readonly number[]
}

interface Case extends Values {
  readonly name: string
  readonly axes: readonly string[]
  readonly step: ProcessingStep
  readonly named: Readonly<Record<string, Values>>
  readonly expected: readonly number[]
}

const cases = JSON.parse(
  readFileSync(new URL('processing.json', import.meta.url), 'utf8'),
) as readonly Case[]

describe('applyProcessing against numpy', () => {
  test.each(cases)('$name', ({ dims, data, axes, step, named, expected }) => {
    const tensors = Object.fromEntries(
      Object.entries(named).map(([id, values]) => [
        id,
        { dims: values.dims, data: Float32Array.from(values.data) },
      ]),
    )
    const tensor = { dims, data: Float32Array.from(data) }
    const result = applyProcessing(tensor, axesOf(...axes), [step], tensors)
    expect(result.dims).toEqual(dims)
    expect(result.data).toHaveLength(expected.length)
    for (const [i, value] of expected.entries()) {
      // Two units in the last place of float32: sums in float64 may be taken in another order.
      const tolerance = Math.max(1e-7, Math.abs(value) * 2 ** -22)
      expect(Math.abs(result.data[i]! - value)).toBeLessThanOrEqual(tolerance)
    }
  })
})
