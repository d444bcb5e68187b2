import { expect, test } from 'vitest'
import { askInTime, isSilence } from '#workstation/intake/ask-in-time.ts'

const forEver = new AbortController().signal

test('an answer is given, and so is an error', async () => {
  const ask = askInTime(1000, forEver)
  expect(await ask(async () => 7)).toBe(7)
  await expect(
    ask(async () => {
      throw new Error('EIO')
    }),
  ).rejects.toThrow('EIO')
})

test('what is not answered is given up, and nothing else is asked until it is', async () => {
  const ask = askInTime(20, forEver)
  const hung = Promise.withResolvers<string>()
  const cause: unknown = await ask(() => hung.promise).catch((cause: unknown) => cause)
  expect(isSilence(cause)).toBe(true)
  expect(cause).toMatchObject({ code: 'ETIMEDOUT' })
  let asked = 0
  const question = async () => (asked += 1)
  await expect(ask(question)).rejects.toThrow('does not answer')
  expect(asked).toBe(0)
  hung.resolve('at last')
  await hung.promise
  expect(await ask(question)).toBe(1)
})

test('whoever stops waits for nothing', async () => {
  const stop = new AbortController()
  const ask = askInTime(60_000, stop.signal)
  const answer = ask(() => new Promise(() => {}))
  stop.abort()
  await expect(answer).rejects.toThrow('does not answer')
  await expect(ask(async () => 1)).rejects.toThrow('does not answer')
})
