import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { flowError, flowsOf } from '#core/derive/flow-error.ts'
import { flows } from '#core/derive/flows.ts'

interface Expected {
  readonly width: number
  readonly height: number
  readonly truth: readonly number[]
  readonly ownDown: readonly number[]
  readonly ownAcross: readonly number[]
  readonly down: readonly number[]
  readonly across: readonly number[]
  readonly found: readonly number[]
  readonly errors: readonly number[]
}

const expected = JSON.parse(readFileSync(new URL('flows.json', import.meta.url), 'utf8')) as Expected
const { width, height } = expected
const labelsOf = (pixels: readonly number[]) => ({
  width,
  height,
  pixels: Uint32Array.from(pixels),
  count: Math.max(...pixels),
})
const noisy = {
  down: Float32Array.from(expected.down),
  across: Float32Array.from(expected.across),
}

test('makes the flows of masks that numpy makes', () => {
  const own = flowsOf(labelsOf(expected.truth))
  const off = own.down.map((flow, i) =>
    Math.hypot(flow - expected.ownDown[i]!, own.across[i]! - expected.ownAcross[i]!),
  )
  expect(Math.max(...off)).toBeLessThan(2e-4)
})

test('measures the error of flows that numpy measures', () => {
  const errors = flowError(labelsOf(expected.found), noisy, 5)
  expected.errors.forEach((error, k) => expect(errors[k + 1]).toBeCloseTo(error, 4))
})

// Both walk in single precision, but round interpolated flows at other places: a pixel may end beside another.
test('finds the objects that numpy finds, but for a few pixels', () => {
  const cell = Float32Array.from(expected.truth, label => (label === 0 ? 0 : 1))
  const found = flows.run(
    { width, height, ...noisy, cell },
    { ...flows.defaults, largestError: 'off', smallestArea: 0, largestShare: 1 },
  )
  expect(found.count).toBe(Math.max(...expected.found))
  const different = expected.found.filter((label, i) => label !== 0 && label !== found.pixels[i])
  expect(different.length).toBeLessThan(0.005 * expected.found.filter(label => label > 0).length)
})
