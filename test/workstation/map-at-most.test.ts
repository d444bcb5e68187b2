import { expect, test } from 'vitest'
import { mapAtMost } from '#workstation/map-at-most.ts'

test('no more run at a time than allowed, and results keep their order', async () => {
  let running = 0
  let most = 0
  const results = await mapAtMost(3, [5, 1, 4, 2, 3, 0], async turns => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    running -= 1
    return turns * 10
  })
  expect(results).toEqual([50, 10, 40, 20, 30, 0])
  expect(most).toBe(3)
})

test('nothing to do ends at once', async () => {
  expect(await mapAtMost(3, [], async () => 1)).toEqual([])
})
