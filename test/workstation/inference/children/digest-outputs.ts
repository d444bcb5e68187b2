import { z } from 'zod'
import { answerParent } from '../../../../src/workstation/inference/answer-parent.ts'
import { digestOutputs } from '../networks/digest-outputs.ts'

// What the small network gives in a process of its own.
answerParent(z.object({ threads: z.int() }), async ({ threads }) => ({
  digest: await digestOutputs(threads),
}))
