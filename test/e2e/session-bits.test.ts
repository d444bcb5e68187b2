import { monitorEventLoopDelay } from 'node:perf_hooks'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { askChild } from '#workstation/inference/ask-child.ts'
import { digestOutputs } from '../workstation/inference/networks/digest-outputs.ts'

let first: string

beforeAll(async () => {
  first = await digestOutputs(1)
})

function digestInChild(threads: number) {
  return askChild({
    entry: new URL('../workstation/inference/children/digest-outputs.ts', import.meta.url),
    request: { threads },
    reply: z.object({ digest: z.string() }),
    deadlineMs: 30_000,
    memoryBytes: 2 ** 30,
  })
}

describe('the CPU gives the same bits', () => {
  test.each([1, 2, 4])('with %i threads', async threads => {
    expect(await digestOutputs(threads)).toBe(first)
  })

  test('in another process', async () => {
    expect(await digestInChild(2)).toMatchObject({ ok: true, reply: { digest: first } })
  })

  test('and other bits for another image, so that equality says something', async () => {
    expect(await digestOutputs(1, 64)).not.toBe(first)
  })
})

test('a parent stays awake while a child runs a network', async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await digestInChild(1)
  delay.disable()
  expect(delay.max / 1e6).toBeLessThan(250)
})
