import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { askChild } from '../../../src/workstation/inference/ask-child.ts'

function ask(how: string, deadlineMs = 20_000) {
  return askChild({
    entry: new URL('./children/misbehave.ts', import.meta.url),
    request: { how },
    reply: z.object({ answer: z.string() }),
    deadlineMs,
    memoryBytes: 300 * 2 ** 20,
  })
}

describe('a child that is asked once', () => {
  test('answers', async () => {
    expect(await ask('well')).toMatchObject({ ok: true, reply: { answer: 'well' } })
  })

  test('is ended at its deadline while it computes', async () => {
    const started = performance.now()
    expect(await ask('spin', 1500)).toMatchObject({ ok: false, loss: 'deadline' })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('ends itself when it passes its memory', async () => {
    expect(await ask('eat')).toMatchObject({ ok: false, loss: 'memory' })
  })

  test('is told from its end when it crashes', async () => {
    expect(await ask('abort')).toMatchObject({ ok: false, loss: 'ended', detail: 'SIGABRT' })
    const thrown = await ask('throw')
    expect(thrown).toMatchObject({ ok: false, loss: 'ended', detail: 'exit code 1' })
    expect(thrown.complaint).toContain('this child broke')
  })

  test('is not believed when its reply makes no sense', async () => {
    expect(await ask('babble')).toMatchObject({ ok: false, loss: 'ended' })
  })
})
