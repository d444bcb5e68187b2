import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import {
  compare,
  EXPECTED,
  NETWORK_CHECKSUM,
  networkTest,
  runSelfTests,
} from '../../../src/workstation/doctor/self-test.ts'

const reference = JSON.parse(
  readFileSync(new URL('../../golden/doctor/numbers.json', import.meta.url), 'utf8'),
) as unknown

test('the expected numbers are those of NumPy, OpenCV and scikit-image', () => {
  expect(EXPECTED).toEqual(reference)
})

test('the expected checksum of networks is that of PyTorch', () => {
  const golden = new URL('../../golden/inference/probe.json', import.meta.url)
  expect({ checksum: NETWORK_CHECKSUM }).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
})

test('networks that never ran on the CPU are a failed self-test', () => {
  expect(networkTest([])).toMatchObject({ ok: false, got: 'nothing measured' })
})

test('this machine passes', async () => {
  const tests = await runSelfTests()
  if (!tests.ok) throw new Error(tests.fault.kind)
  expect(tests.value.filter(({ ok }) => !ok)).toEqual([])
  expect(tests.value.length).toBeGreaterThanOrEqual(10)
})

test.each([
  { name: 'rounding in the twelfth digit', got: 0.011168020988, ok: true },
  { name: 'a difference in the seventh', got: 0.01116803, ok: false },
  { name: 'not a number', got: Number.NaN, ok: false },
  { name: 'nothing', got: null, ok: false },
])('a self-test judges $name', ({ got, ok }) => {
  expect(compare('mean', EXPECTED.meanIntensity, got).ok).toBe(ok)
})

test('a temporary folder that is not there is a fault, not a failed self-test', async () => {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, join(tmpdir(), 'no', 'such'))
  try {
    expect(await runSelfTests()).toMatchObject({
      ok: false,
      fault: { kind: 'output-not-writable', path: tmpdir() },
    })
  } finally {
    vi.unstubAllEnvs()
  }
})
