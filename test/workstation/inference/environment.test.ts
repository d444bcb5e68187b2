import { expect, test } from 'vitest'
import { environment, environmentKey } from '../../../src/workstation/inference/environment.ts'

const here = environment('cpu', 1)

test('names what computes', () => {
  expect(here).toMatchObject({
    runtime: 'onnxruntime-node',
    version: '1.29.0',
    provider: 'cpu',
    threads: 1,
    optimisation: 'all',
    device: null,
  })
})

test.each([
  { what: 'runtime', other: { ...here, version: '1.30.0' } },
  { what: 'provider', other: { ...here, provider: 'cuda' as const } },
  { what: 'driver', other: { ...here, device: { name: 'A', driver: '2' } } },
  { what: 'level of optimisation', other: { ...here, optimisation: 'basic' } },
  { what: 'processor', other: { ...here, processor: 'another' } },
  { what: 'instruction set', other: { ...here, features: ['avx2'] } },
])('another $what is another environment', ({ other }) => {
  const before = { ...here, device: { name: 'A', driver: '1' } }
  const base = other.device === null ? here : before
  expect(environmentKey(other)).not.toBe(environmentKey(base))
})

test('more threads are the same environment, as they change no bit', () => {
  expect(environmentKey({ ...here, threads: 8 })).toBe(environmentKey(here))
})

test('the card is that of the provider that serves', () => {
  const device = { name: 'A', driver: '1' }
  const reports = [
    { provider: 'cpu', device: null },
    { provider: 'cuda', device },
  ] as const
  expect(environment('cuda', 1, reports).device).toEqual(device)
  expect(environment('cpu', 1, reports).device).toBeNull()
})
