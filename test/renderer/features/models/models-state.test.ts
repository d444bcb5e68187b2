import { describe, expect, test } from 'vitest'
import type { PackageListing } from '#contract/models.ts'
import type { Fault } from '#core/fault.ts'
import {
  NOTHING_KNOWN,
  reduceModels,
  type ModelsEvent,
  type ModelsState,
} from '../../../../src/renderer/features/models/models-state.ts'
import { shownCard, shownSummary } from '../../../support/model-cards.ts'

const gone: Fault = { kind: 'host-unreachable', detail: 'no connection' }
const card = shownCard()
const listing: PackageListing = {
  handle: 'abcdefghijklmnop',
  path: '/packages',
  parent: null,
  folders: [],
  packages: [],
}

function after(...events: readonly ModelsEvent[]): ModelsState {
  return events.reduce(reduceModels, NOTHING_KNOWN)
}

describe('the models in the window', () => {
  test('a list on screen stays there when it cannot be had anew', () => {
    const list = { models: [shownSummary()], bundled: [] }
    const state = after({ type: 'listed', list }, { type: 'list-failed', fault: gone })
    expect(state.list).toEqual({ status: 'listed', list })
    expect(after({ type: 'list-failed', fault: gone }).list).toEqual({
      status: 'failed',
      fault: gone,
    })
  })

  test('a card that somebody has since left does not come back', () => {
    const state = after(
      { type: 'asked', number: 3 },
      { type: 'asked', number: 4 },
      { type: 'opened', number: 3, card },
    )
    expect(state.card).toEqual({ status: 'loading', number: 4 })
    const failed = after(
      { type: 'asked', number: 4 },
      { type: 'open-failed', number: 3, fault: gone },
    )
    expect(failed.card).toEqual({ status: 'loading', number: 4 })
  })

  test('a card that is open stays while it is asked for again', () => {
    const open = after({ type: 'asked', number: 3 }, { type: 'opened', number: 3, card })
    expect(reduceModels(open, { type: 'asked', number: 3 })).toBe(open)
  })

  test('what was done shows on its card, and on no other', () => {
    const open = [
      { type: 'asked', number: 3 },
      { type: 'opened', number: 3, card },
      { type: 'began', doing: { deed: 'test', number: 3 } },
    ] as const
    const tested = shownCard({ description: 'tested' })
    expect(after(...open, { type: 'done', card: tested })).toMatchObject({
      doing: null,
      card: { card: { description: 'tested' } },
    })
    const other = shownCard({ summary: shownSummary({ number: 4 }) })
    expect(after(...open, { type: 'done', card: other }).card).toEqual({
      status: 'open',
      number: 3,
      card,
    })
  })

  test('what was not done is said, until something else is begun', () => {
    const failed = after(
      { type: 'began', doing: { deed: 'test', number: 3 } },
      { type: 'failed', fault: gone },
    )
    expect(failed).toMatchObject({ doing: null, undone: gone })
    const again = reduceModels(failed, { type: 'began', doing: { deed: 'test', number: 3 } })
    expect(again.undone).toBeNull()
  })

  test('a package that is refused is explained where it was chosen', () => {
    const state = after(
      { type: 'choosing' },
      { type: 'browsed', listing },
      { type: 'began', doing: { deed: 'add' } },
      { type: 'failed', fault: gone },
    )
    expect(state).toMatchObject({
      undone: null,
      doing: null,
      choice: { status: 'open', listing, fault: gone },
    })
  })

  test('the dialog closes when the package is registered, and stays closed once cancelled', () => {
    const added = after(
      { type: 'choosing' },
      { type: 'began', doing: { deed: 'add' } },
      { type: 'done', card },
    )
    expect(added.choice).toEqual({ status: 'closed' })
    const late = after({ type: 'choosing' }, { type: 'cancelled' }, { type: 'browsed', listing })
    expect(late.choice).toEqual({ status: 'closed' })
  })
})
