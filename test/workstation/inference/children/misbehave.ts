import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { answerParent } from '../../../../src/workstation/inference/answer-parent.ts'

// A child that does what it is told, which no child should do.
answerParent(z.object({ how: z.string() }), async ({ how }) => {
  if (how === 'abort') process.abort()
  if (how === 'throw') throw new Error('this child broke')
  if (how === 'spin') for (;;) Math.sqrt(2)
  if (how === 'eat') {
    const kept: Buffer[] = []
    for (;;) {
      kept.push(Buffer.alloc(2 ** 24, 1))
      await pause(1)
    }
  }
  if (how === 'babble') return 'what?'
  return { answer: how }
})
