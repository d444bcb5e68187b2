import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atMostEvery } from '../../../../src/renderer/features/plate/at-most-every.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('acts at once, and once more for all that was asked meanwhile', () => {
  const deed = vi.fn()
  const ask = atMostEvery(2000, deed)
  ask()
  expect(deed).toHaveBeenCalledTimes(1)
  for (let i = 0; i < 50; i += 1) ask()
  vi.advanceTimersByTime(1999)
  expect(deed).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(deed).toHaveBeenCalledTimes(2)
})

test('rests when nobody asks', () => {
  const deed = vi.fn()
  const ask = atMostEvery(2000, deed)
  ask()
  vi.advanceTimersByTime(10_000)
  expect(deed).toHaveBeenCalledTimes(1)
  ask()
  expect(deed).toHaveBeenCalledTimes(2)
})
