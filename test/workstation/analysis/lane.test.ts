import { expect, test } from 'vitest'
import { createLane } from '#workstation/analysis/lane.ts'

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { promise, open: resolve }
}

const turns = () => new Promise(resolve => setTimeout(resolve, 5))

test('a lane does a few things at a time, those put first before those put last', async () => {
  const begun: string[] = []
  const gates = new Map<string, ReturnType<typeof gate>>()
  const lane = createLane<string>(
    2,
    item => {
      begun.push(item)
      gates.set(item, gate())
      return gates.get(item)!.promise
    },
    cause => {
      throw cause
    },
  )
  lane.add(['a', 'b', 'c'], 'last')
  lane.add(['d'], 'last')
  lane.add(['new 1', 'new 2'], 'first')
  expect(begun).toEqual(['a', 'b'])
  for (const item of ['a', 'new 1', 'b', 'new 2', 'c', 'd']) {
    gates.get(item)!.open()
    await turns()
  }
  expect(begun).toEqual(['a', 'b', 'new 1', 'new 2', 'c', 'd'])
})

test('what is cleared never begins', async () => {
  const begun: number[] = []
  const first = gate()
  const lane = createLane<number>(
    1,
    async item => {
      begun.push(item)
      await first.promise
    },
    () => undefined,
  )
  lane.add([1, 2, 3], 'last')
  lane.clear()
  first.open()
  await turns()
  lane.add([4], 'last')
  await turns()
  expect(begun).toEqual([1, 4])
})

test('a mistake is told and costs its own item only', async () => {
  const mistakes: unknown[] = []
  const done: number[] = []
  const lane = createLane<number>(
    1,
    async item => {
      if (item === 1) throw new Error('of ours')
      done.push(item)
    },
    cause => mistakes.push(cause),
  )
  lane.add([1, 2], 'last')
  await turns()
  expect(mistakes).toEqual([new Error('of ours')])
  expect(done).toEqual([2])
})
