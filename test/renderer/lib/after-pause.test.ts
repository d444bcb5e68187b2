import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterPause } from '../../../src/renderer/lib/after-pause.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('acts once a pause is over, for all that was asked during it', () => {
  const deed = vi.fn()
  const ask = afterPause(1500, deed)
  for (let i = 0; i < 50; i += 1) ask()
  vi.advanceTimersByTime(1499)
  expect(deed).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(deed).toHaveBeenCalledTimes(1)
})

test('pauses anew for what is asked after that', () => {
  const deed = vi.fn()
  const ask = afterPause(1500, deed)
  ask()
  vi.advanceTimersByTime(10_000)
  ask()
  expect(deed).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1500)
  expect(deed).toHaveBeenCalledTimes(2)
})
