import { expect, test } from 'vitest'
import { createBegun } from '#workstation/begun.ts'

test('what has begun is waited for, whether it succeeds or fails', async () => {
  const begun = createBegun()
  const told: string[] = []
  const good = Promise.withResolvers<string>()
  const bad = Promise.withResolvers<string>()
  const all = [begun.note(good.promise), begun.note(bad.promise)]
  void Promise.allSettled(all).then(() => told.push('both'))
  const settled = begun.settled().then(() => told.push('settled'))
  bad.reject(new Error('it broke'))
  await Promise.allSettled([bad.promise])
  expect(told).toEqual([])
  good.resolve('done')
  await settled
  expect(told.toSorted()).toEqual(['both', 'settled'])
  await expect(all[1]).rejects.toThrow('it broke')
})
