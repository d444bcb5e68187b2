import { describe, expect, test } from 'vitest'
import type { DecisionWord } from '#contract/decision.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import {
  countDecided,
  currentItem,
  shownDecision,
  subjectsOf,
  type OpenReview,
} from '../../../../src/renderer/features/review/open-review.ts'
import {
  reduceReview,
  type ReviewEvent,
  type ReviewState,
} from '../../../../src/renderer/features/review/review-state.ts'
import { decisionOf, reviewItem, REVIEWED_PLATE } from '../../../support/review-items.ts'

type Said = ReviewEvent extends infer E
  ? E extends ReviewEvent
    ? Omit<E, 'plateId'>
    : never
  : never

const diskFull: Fault = { kind: 'disk-full', path: '/store' }

/** What a review is after a few events about one plate. */
function after(...said: readonly Said[]): ReviewState {
  return said.reduce<ReviewState>(
    (state, event) => reduceReview(state, { ...event, plateId: REVIEWED_PLATE } as ReviewEvent),
    { status: 'idle' },
  )
}

function open(...said: readonly Said[]): OpenReview {
  const state = after(...said)
  if (state.status !== 'open') throw new Error(`The review is ${state.status}`)
  return state
}

function opened(...ids: readonly number[]): readonly Said[] {
  return [{ type: 'requested' }, { type: 'opened', items: ids.map(id => reviewItem(id)) }]
}

function deciding(token: number, word: DecisionWord, ...ids: readonly number[]): Said {
  return { type: 'deciding', token, planeIds: ids as unknown as PlaneId[], word, note: '' }
}

function decided(token: number, word: DecisionWord, ...ids: readonly number[]): Said {
  const made = ids.map(id => ({
    planeId: id as PlaneId,
    decision: decisionOf(1000 * token + id, word),
  }))
  return { type: 'decided', token, made }
}

/** The queue as somebody sees it: `1 accept · >2< · 3`. */
function picture(state: OpenReview): string {
  return state.items
    .map(item => {
      const id = item.planeId === state.currentId ? `>${item.planeId}<` : String(item.planeId)
      const selected = state.selected.has(item.planeId) ? `[${id}]` : id
      return [selected, shownDecision(state, item)?.word].filter(Boolean).join(' ')
    })
    .join(' · ')
}

describe('opening a queue', () => {
  test('begins at the first plane that nobody has decided about', () => {
    const items = [reviewItem(1, { decision: decisionOf(5, 'accept') }), reviewItem(2)]
    expect(picture(open({ type: 'requested' }, { type: 'opened', items }))).toBe('1 accept · >2<')
  })

  test('begins at the worst where all are decided', () => {
    const items = [1, 2].map(id => reviewItem(id, { decision: decisionOf(id, 'accept') }))
    const state = open({ type: 'requested' }, { type: 'opened', items })
    expect(picture(state)).toBe('>1< accept · 2 accept')
  })

  test('shows nothing for an empty queue', () => {
    expect(open(...opened())).toMatchObject({ items: [], currentId: null })
  })

  test('says why it failed', () => {
    expect(after({ type: 'requested' }, { type: 'open-failed', fault: diskFull })).toEqual({
      status: 'failed',
      plateId: REVIEWED_PLATE,
      fault: diskFull,
    })
  })

  test('drops a reply about a plate that somebody has left', () => {
    const state = open(...opened(1))
    const late = { type: 'opened', plateId: 2 as PlateId, items: [] } as const
    expect(reduceReview(state, late)).toBe(state)
    const all = { type: 'opened', plateId: null, items: [] } as const
    expect(reduceReview(state, all)).toBe(state)
  })
})

describe('going through the queue', () => {
  test('stops at its ends', () => {
    const queue = opened(1, 2)
    expect(picture(open(...queue, { type: 'stepped', by: 1 }))).toBe('1 · >2<')
    const beyond = [1, 1, 1].map(() => ({ type: 'stepped', by: 1 }) as const)
    expect(picture(open(...queue, ...beyond))).toBe('1 · >2<')
    expect(picture(open(...queue, { type: 'stepped', by: -1 }))).toBe('>1< · 2')
  })

  test('leaves a note that is being written', () => {
    const state = open(...opened(1, 2), { type: 'note-opened' }, { type: 'stepped', by: 1 })
    expect(state.writingNote).toBe(false)
  })
})

describe('a decision', () => {
  test('is shown at once, and the next undecided plane comes', () => {
    const state = open(...opened(1, 2, 3), deciding(1, 'accept', 1))
    expect(picture(state)).toBe('1 accept · >2< · 3')
    expect(countDecided(state)).toBe(1)
    expect(state.undo).toEqual([])
  })

  test('stays when the store has it, and can then be undone', () => {
    const state = open(...opened(1, 2), deciding(1, 'accept', 1), decided(1, 'accept', 1))
    expect(picture(state)).toBe('1 accept · >2<')
    expect(state.pending.size).toBe(0)
    expect(state.undo).toEqual([
      { made: [{ planeId: 1, decisionId: 1001 }], before: new Map([[1, null]]) },
    ])
  })

  test('is rolled back when the store refuses it, and says so', () => {
    const refused = { type: 'refused', token: 1, fault: diskFull } as const
    const state = open(...opened(1, 2), deciding(1, 'accept', 1), refused)
    expect(picture(state)).toBe('1 · >2<')
    expect(state.refused).toEqual({ fault: diskFull, planeIds: [1] })
    expect(state.undo).toEqual([])
    expect(
      open(...opened(1, 2), deciding(1, 'accept', 1), refused, deciding(2, 'accept', 2)),
    ).toMatchObject({ refused: null })
  })

  test('after the last undecided goes back to the first that was passed over', () => {
    const steps = [1, 1].map(() => ({ type: 'stepped', by: 1 }) as const)
    expect(picture(open(...opened(1, 2, 3), ...steps, deciding(1, 'reject', 3)))).toBe(
      '>1< · 2 · 3 reject',
    )
  })

  test('about the last one stays where it is', () => {
    expect(picture(open(...opened(1), deciding(1, 'unsure', 1)))).toBe('>1< unsure')
  })

  test('that changes another is the one shown, whichever reply comes', () => {
    const twice = [...opened(1), deciding(1, 'accept', 1), deciding(2, 'reject', 1)]
    expect(picture(open(...twice))).toBe('>1< reject')
    expect(picture(open(...twice, decided(1, 'accept', 1)))).toBe('>1< reject')
    const both = open(...twice, decided(1, 'accept', 1), decided(2, 'reject', 1))
    expect(picture(both)).toBe('>1< reject')
    expect(both.undo.at(-1)?.before.get(1 as PlaneId)).toMatchObject({ word: 'accept' })
  })

  test('that is refused after another leaves the other', () => {
    const fault = { type: 'refused', token: 2, fault: diskFull } as const
    const twice = [deciding(1, 'accept', 1), deciding(2, 'reject', 1), decided(1, 'accept', 1)]
    expect(picture(open(...opened(1), ...twice, fault))).toBe('>1< accept')
  })

  test('uses up the note that was written for it', () => {
    const note = { type: 'note-kept', planeId: 1 as PlaneId, note: 'a hair' } as const
    const noted = open(...opened(1, 2), { type: 'note-opened' }, note)
    expect(noted).toMatchObject({ writingNote: false, drafts: new Map([[1, 'a hair']]) })
    expect(open(...opened(1, 2), note, deciding(1, 'accept', 1)).drafts.size).toBe(0)
    expect(open(...opened(1, 2), note, { ...note, note: '' }).drafts.size).toBe(0)
  })
})

describe('undo', () => {
  const made = [...opened(1, 2), deciding(1, 'accept', 1), decided(1, 'accept', 1)]
  const step = open(...made).undo[0]!

  test('shows at once what was before, and goes back there', () => {
    const state = open(...made, { type: 'withdrawing', token: 2, step })
    expect(picture(state)).toBe('>1< · 2')
    expect(state.undo).toEqual([])
  })

  test('stays when the store has it', () => {
    const withdrawn = { type: 'withdrawn', token: 2, step } as const
    const state = open(...made, { type: 'withdrawing', token: 2, step }, withdrawn)
    expect(picture(state)).toBe('>1< · 2')
    expect(state.pending.size).toBe(0)
    expect(state.items[0]?.decision).toBeNull()
  })

  test('brings back the decision before', () => {
    const again = [...made, deciding(2, 'reject', 1), decided(2, 'reject', 1)]
    const last = open(...again).undo.at(-1)!
    const undone = [
      { type: 'withdrawing', token: 3, step: last },
      { type: 'withdrawn', token: 3, step: last },
    ] as const
    expect(picture(open(...again, ...undone))).toBe('>1< accept · 2')
  })

  test('that is refused can be tried again', () => {
    const withdrawing = { type: 'withdrawing', token: 2, step } as const
    const refused = { type: 'refused', token: 2, fault: diskFull, step } as const
    const state = open(...made, withdrawing, refused)
    expect(picture(state)).toBe('>1< accept · 2')
    expect(state.undo).toEqual([step])
    expect(state.refused?.planeIds).toEqual([1])
  })
})

describe('a queue that changes meanwhile', () => {
  test('takes in new planes after the current one, worst first, and moves nothing before it', () => {
    const items = [9, 2, 8, 3, 1].map(id => reviewItem(id))
    const refreshed = { type: 'refreshed', items, revision: 0 } as const
    const state = open(...opened(1, 2, 3), { type: 'stepped', by: 1 }, refreshed)
    expect(picture(state)).toBe('1 · >2< · 9 · 8 · 3')
  })

  test('keeps what somebody looks at though it was imaged again', () => {
    const refreshed = { type: 'refreshed', items: [reviewItem(3)], revision: 0 } as const
    const looking = [...opened(1, 2, 3), { type: 'stepped', by: 1 } as const]
    expect(picture(open(...looking, refreshed))).toBe('>2< · 3')
    const left = [refreshed, { type: 'stepped', by: 1 } as const, refreshed]
    expect(picture(open(...looking, ...left))).toBe('>3<')
  })

  test('shows what others decided', () => {
    const items = [reviewItem(1), reviewItem(2, { decision: decisionOf(7, 'reject') })]
    const state = open(...opened(1, 2), { type: 'refreshed', items, revision: 0 })
    expect(picture(state)).toBe('>1< · 2 reject')
  })

  test('is dropped when it was asked for before a decision that it does not know of', () => {
    const before = {
      type: 'refreshed',
      items: [reviewItem(1), reviewItem(2)],
      revision: 0,
    } as const
    const made = [deciding(1, 'accept', 1), decided(1, 'accept', 1)]
    expect(picture(open(...opened(1, 2), ...made, before))).toBe('1 accept · >2<')
  })

  test('that was empty begins at the first undecided', () => {
    const refreshed = { type: 'refreshed', items: [reviewItem(4)], revision: 0 } as const
    expect(picture(open(...opened(), refreshed))).toBe('>4<')
  })
})

describe('many at once', () => {
  const grid = [...opened(1, 2, 3), { type: 'mode-switched' } as const]
  const pick = (planeId: number, how: 'only' | 'toggle' | 'range'): Said => ({
    type: 'picked',
    planeId: planeId as PlaneId,
    how,
  })

  test('a decision is about all that are selected, in the order of the queue', () => {
    const state = open(...grid, pick(3, 'only'), pick(1, 'toggle'))
    expect(subjectsOf(state)).toEqual([1, 3])
  })

  test('a decision is about the focused one where none is selected', () => {
    expect(subjectsOf(open(...grid))).toEqual([1])
  })

  test('one at a time, a selection counts for nothing', () => {
    const state = open(...grid, pick(3, 'only'), { type: 'mode-switched' })
    expect(subjectsOf(state)).toEqual([3])
    expect(state.selected.size).toBe(0)
  })

  test('deciding clears the selection and goes to the next undecided', () => {
    const state = open(...grid, pick(1, 'only'), pick(2, 'range'), deciding(1, 'reject', 1, 2))
    expect(picture(state)).toBe('1 reject · 2 reject · >3<')
  })

  test('undo takes back all of them', () => {
    const made = open(...grid, deciding(1, 'reject', 1, 2), decided(1, 'reject', 1, 2))
    expect(made.undo[0]?.made.map(({ planeId }) => planeId)).toEqual([1, 2])
    const state = reduceReview(made, {
      type: 'withdrawing',
      plateId: REVIEWED_PLATE,
      token: 2,
      step: made.undo[0]!,
    }) as OpenReview
    expect(picture(state)).toBe('>1< · 2 · 3')
    expect(currentItem(state)?.planeId).toBe(1)
  })
})
