import { expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls } from '#contract/index.ts'
import { fail, ok } from '#core/fault.ts'
import { createFactsStore } from '../../../../src/renderer/features/review/facts-store.ts'
import { paperHost } from '../../../support/paper-host.ts'
import { decisionOf, reviewItem, REVIEWED_PLATE } from '../../../support/review-items.ts'

function facts() {
  const asked: string[] = []
  const { bridge, tell } = paperHost({
    'review.history': async ({ planeId }) => {
      asked.push(`history ${planeId}`)
      return ok([decisionOf(1, 'accept')])
    },
    'fields.open': async ({ fieldId }) => {
      asked.push(`field ${fieldId}`)
      return fail({ kind: 'field-not-found', fieldId })
    },
  })
  return { store: createFactsStore(createClient(calls, bridge), bridge), asked, tell }
}

async function settled(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve))
}

test('what is known is not asked for again, nor what is being asked for', async () => {
  const { store, asked } = facts()
  store.want([reviewItem(1)])
  store.want([reviewItem(1)])
  await settled()
  store.want([reviewItem(1)])
  expect(asked.filter(name => name === 'history 1')).toHaveLength(1)
  expect(store.getSnapshot().histories.get(reviewItem(1).planeId)).toHaveLength(1)
})

test('a decision that somebody makes elsewhere makes its plane’s history unknown', async () => {
  const { store, tell } = facts()
  store.want([reviewItem(1), reviewItem(2)])
  await settled()
  tell('review.changed', { plateId: REVIEWED_PLATE, planeIds: [reviewItem(1).planeId] })
  expect([...store.getSnapshot().histories.keys()]).toEqual([2])
})
