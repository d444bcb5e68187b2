import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DecisionWord } from '#contract/decision.ts'
import { createClient } from '#contract/client.ts'
import { calls, type ParfocalApi } from '#contract/index.ts'
import type { PlaneId } from '#core/brand.ts'
import { fail, ok } from '#core/fault.ts'
import {
  countDecided,
  shownDecision,
  takersOf,
  type OpenReview,
} from '../../../../src/renderer/features/review/open-review.ts'
import { createReviewStore } from '../../../../src/renderer/features/review/review-store.ts'
import { paperHost } from '../../../support/paper-host.ts'
import { decisionOf, reviewItem, REVIEWED_PLATE } from '../../../support/review-items.ts'
import { plateSummary } from '../../../support/sample-plate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Queue = Awaited<ReturnType<ParfocalApi['review.queue']>>

/** A host that keeps decisions as the workstation would, until its disk is full. */
function reviewOf(...ids: readonly number[]) {
  const asked: string[] = []
  const pixels: string[] = []
  const items = ids.map(id => reviewItem(id))
  const host = { queue: async (): Promise<Queue> => ok(items), full: false, decided: 0 }
  const answers: Partial<ParfocalApi> = {
    'review.queue': async () => {
      asked.push('queue')
      return host.queue()
    },
    'review.decide': async ({ planeIds, word, note }) => {
      asked.push(`${word} ${planeIds.join()}${note === '' ? '' : ` ${note}`}`)
      if (host.full) return fail({ kind: 'disk-full', path: '/store' })
      const made = planeIds.map(planeId => {
        host.decided += 1
        return { planeId, decision: decisionOf(host.decided, word, note) }
      })
      return ok(made)
    },
    'review.withdraw': async ({ decisionIds }) => {
      asked.push(`withdraw ${decisionIds.join()}`)
      return host.full ? fail({ kind: 'disk-full', path: '/store' }) : ok(null)
    },
    'review.history': async () => ok([]),
  }
  const paper = paperHost(answers)
  const store = createReviewStore(createClient(calls, paper.bridge), paper.bridge, {
    samples: async () => fail({ kind: 'host-unreachable', detail: 'on paper' }),
    json: async request => {
      pixels.push(`${request.kind} ${'planeId' in request ? request.planeId : ''}`)
      return fail({ kind: 'plane-not-found', planeId: 1 as PlaneId })
    },
  })
  const state = (): OpenReview => {
    const now = store.getSnapshot()
    if (now.status !== 'open') throw new Error(`The review is ${now.status}`)
    return now
  }
  const shown = (): readonly (DecisionWord | null)[] =>
    state().items.map(item => shownDecision(state(), item)?.word ?? null)
  const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0))
  const deed = (...does: readonly (() => void)[]): Promise<void> => {
    for (const act of does) act()
    return settle()
  }
  return { store, host, asked, pixels, tell: paper.tell, state, shown, settle, deed }
}

const changed = { summary: plateSummary(REVIEWED_PLATE), wells: [] }

describe('the review', () => {
  test('shows a decision before the store has answered', async () => {
    const { store, shown, settle, asked } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    store.decide('accept')
    expect(shown()).toEqual(['accept', null])
    await settle()
    expect(asked).toEqual(['queue', 'accept 1'])
    expect(shown()).toEqual(['accept', null])
  })

  test('keeps decisions in the order of the keys', async () => {
    const { store, asked, deed } = reviewOf(1, 2, 3)
    await store.open(REVIEWED_PLATE)
    await deed(
      () => store.decide('accept'),
      () => store.decide('reject'),
      () => store.decide('unsure'),
    )
    expect(asked).toEqual(['queue', 'accept 1', 'reject 2', 'unsure 3'])
  })

  test('an image that cannot be read is not accepted; all other words are for it too', async () => {
    const { store, host, asked, state, deed } = reviewOf()
    const broken = reviewItem(1, { state: 'unreadable', reasons: ['image-truncated'] })
    host.queue = async () => ok([broken, reviewItem(2)])
    await store.open(REVIEWED_PLATE)
    expect(takersOf(state(), 'accept')).toEqual([])
    await deed(() => store.decide('accept'))
    expect(asked).toEqual(['queue'])
    expect(takersOf(state(), 'reimage')).toEqual([1])
    await deed(() => store.decide('reimage'))
    expect(asked).toEqual(['queue', 'reimage 1'])
  })

  test('accepting many leaves out those that cannot be read', async () => {
    const { store, host, asked, deed } = reviewOf()
    const broken = reviewItem(2, { state: 'unreadable', reasons: ['image-truncated'] })
    host.queue = async () => ok([reviewItem(1), broken, reviewItem(3)])
    await store.open(REVIEWED_PLATE)
    store.switchMode()
    store.pick({ planeId: 1 as PlaneId, how: 'only' })
    store.pick({ planeId: 3 as PlaneId, how: 'range' })
    await deed(() => store.decide('accept'))
    expect(asked).toEqual(['queue', 'accept 1,3'])
  })

  test('rolls back what the store refuses, and says why', async () => {
    const { store, host, state, shown, deed } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    host.full = true
    await deed(() => store.decide('accept'))
    expect(shown()).toEqual([null, null])
    expect(state().refused).toMatchObject({ fault: { kind: 'disk-full' }, planeIds: [1] })
  })

  test('undo waits for the decision that it takes back', async () => {
    const { store, asked, shown, deed } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    await deed(
      () => store.decide('accept'),
      () => store.undo(),
    )
    expect(asked).toEqual(['queue', 'accept 1', 'withdraw 1'])
    expect(shown()).toEqual([null, null])
    await deed(() => store.undo())
    expect(asked).toHaveLength(3)
  })

  test('a note goes with the next decision about its plane', async () => {
    const { store, asked, deed } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    await deed(
      () => store.keepNote('a hair'),
      () => store.decide('reject'),
      () => store.decide('accept'),
    )
    expect(asked).toEqual(['queue', 'reject 1 a hair', 'accept 2'])
  })

  test('a note about a plane that is decided is a decision again, and does not go on', async () => {
    const { store, asked, state, deed } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    await deed(
      () => store.decide('reject'),
      () => store.pick({ planeId: 1 as PlaneId, how: 'go' }),
      () => store.keepNote('a hair'),
    )
    expect(asked).toEqual(['queue', 'reject 1', 'reject 1 a hair'])
    expect(state().currentId).toBe(1)
  })

  test('in a grid one key decides about all that are selected', async () => {
    const { store, asked, deed } = reviewOf(1, 2, 3)
    await store.open(REVIEWED_PLATE)
    store.switchMode()
    store.pick({ planeId: 2 as PlaneId, how: 'only' })
    store.pick({ planeId: 3 as PlaneId, how: 'range' })
    await deed(
      () => store.decide('reimage'),
      () => store.undo(),
    )
    expect(asked).toEqual(['queue', 'reimage 2,3', 'withdraw 1,2'])
  })

  test('decides about no more planes at once than the contract allows', async () => {
    const ids = Array.from({ length: 1200 }, (_, i) => i + 1)
    const { store, asked, shown, deed } = reviewOf(...ids)
    await store.open(REVIEWED_PLATE)
    store.switchMode()
    store.pick({ planeId: 1 as PlaneId, how: 'only' })
    store.pick({ planeId: 1200 as PlaneId, how: 'range' })
    await deed(() => store.decide('reject'))
    expect(asked.slice(1).map(name => name.split(',').length)).toEqual([1000, 200])
    expect(new Set(shown())).toEqual(new Set(['reject']))
  })

  test('has the next three images and the one before loaded, the current one first', async () => {
    const { store, pixels } = reviewOf(1, 2, 3, 4, 5, 6, 7)
    await store.open(REVIEWED_PLATE)
    expect(pixels).toEqual(['about 1', 'about 2', 'about 3', 'about 4'])
    store.step(1)
    expect(pixels.slice(4)).toEqual(['about 5'])
  })

  test('asks for its queue again while the plate changes, at most every second and a half', async () => {
    const { store, host, asked, state, tell } = reviewOf(1)
    await store.open(REVIEWED_PLATE)
    const leave = store.watch()
    host.queue = async () => ok([reviewItem(1), reviewItem(2)])
    for (let i = 0; i < 5; i += 1) tell('plate.changed', changed)
    await vi.advanceTimersByTimeAsync(1600)
    expect(asked).toEqual(['queue', 'queue'])
    expect(state().items).toHaveLength(2)
    leave()
    tell('plate.changed', changed)
    await vi.advanceTimersByTimeAsync(1600)
    expect(asked).toHaveLength(2)
  })

  test('does not believe a queue from before a decision', async () => {
    const { store, host, state, asked, tell } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    store.watch()
    const stale = await host.queue()
    let answer = (): void => undefined
    host.queue = () =>
      new Promise(resolve => {
        answer = () => resolve(stale)
      })
    tell('plate.changed', changed)
    await vi.advanceTimersByTimeAsync(1600)
    store.decide('accept')
    await vi.advanceTimersByTimeAsync(0)
    const fresh = [reviewItem(1, { decision: decisionOf(1, 'accept') }), reviewItem(2)]
    host.queue = async () => ok(fresh)
    answer()
    await vi.advanceTimersByTimeAsync(0)
    expect(countDecided(state())).toBe(1)
    await vi.advanceTimersByTimeAsync(1600)
    expect(asked.filter(name => name === 'queue')).toHaveLength(3)
    expect(countDecided(state())).toBe(1)
  })

  test('says why its queue cannot be opened, and tries again', async () => {
    const { store, host, settle } = reviewOf(1)
    const { queue } = host
    host.queue = async () => fail({ kind: 'host-unreachable', detail: 'no connection' })
    await store.open(REVIEWED_PLATE)
    expect(store.getSnapshot()).toMatchObject({ status: 'failed' })
    host.queue = queue
    store.retry()
    await settle()
    expect(store.getSnapshot().status).toBe('open')
  })

  test('coming back finds what can be undone', async () => {
    const { store, state, deed } = reviewOf(1, 2)
    await store.open(REVIEWED_PLATE)
    await deed(() => store.decide('accept'))
    await store.open(REVIEWED_PLATE)
    expect(state().undo).toHaveLength(1)
  })
})
