import { describe, expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls, type ParfocalApi } from '#contract/index.ts'
import { fail, ok } from '#core/fault.ts'
import { createModelsStore } from '../../../../src/renderer/features/models/index.ts'
import { shownCard, shownSummary } from '../../../support/model-cards.ts'
import { paperHost } from '../../../support/paper-host.ts'

function storeWith(answers: Partial<ParfocalApi>) {
  const { bridge, tell } = paperHost(answers)
  return { store: createModelsStore(createClient(calls, bridge), bridge), tell }
}

describe('the models store', () => {
  test('reads the card again when something about networks changed', async () => {
    let reads = 0
    const { store, tell } = storeWith({
      'models.open': async () => ok(shownCard({ description: `read ${(reads += 1)}` })),
    })
    await store.open(3)
    const list = { models: [shownSummary({ state: 'retired' })], bundled: [] }
    tell('models.changed', list)
    await expect
      .poll(() => store.getSnapshot().card)
      .toMatchObject({ card: { description: 'read 2' } })
    expect(store.getSnapshot().list).toEqual({ status: 'listed', list })
  })

  test('asks for one thing at a time', async () => {
    const asked: number[] = []
    const answer = Promise.withResolvers<void>()
    const { store } = storeWith({
      'models.test': async ({ number }) => {
        asked.push(number)
        await answer.promise
        return ok(shownCard())
      },
    })
    const first = store.test(3)
    expect(await store.test(4)).toBeNull()
    answer.resolve()
    expect((await first)?.summary.number).toBe(3)
    expect(asked).toEqual([3])
    expect(store.getSnapshot().doing).toBeNull()
  })

  test('brings a network into a state with the reason that was given', async () => {
    const asked: unknown[] = []
    const { store } = storeWith({
      'models.change': async input => {
        asked.push(input)
        return fail({ kind: 'model-not-usable', model: 'nuclei-1@1.0.0', detail: 'no' })
      },
    })
    expect(await store.change(3, 'retired', 'a better one')).toBeNull()
    expect(asked).toEqual([{ number: 3, state: 'retired', reason: 'a better one' }])
    expect(store.getSnapshot().undone).toMatchObject({ kind: 'model-not-usable' })
    store.read()
    expect(store.getSnapshot().undone).toBeNull()
  })
})
