import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls, type ParfocalApi } from '#contract/index.ts'
import type { ReviewItem } from '#contract/review.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import type { PlateId } from '#core/brand.ts'
import { createReviewStore, ReviewView } from '../../../../src/renderer/features/review/index.ts'
import { createCommandBoard } from '../../../../src/renderer/lib/command-board.ts'
import { paperHost } from '../../../support/paper-host.ts'
import { decisionOf, reviewItem, REVIEWED_PLATE } from '../../../support/review-items.ts'

/** What the view shows of a queue, and the store behind it. */
async function view(queue: Awaited<ReturnType<ParfocalApi['review.queue']>>) {
  const { bridge } = paperHost({
    'review.queue': async () => queue,
    'review.decide': async () => fail({ kind: 'disk-full', path: '/store' }),
  })
  const nothing = async (): Promise<Result<never>> =>
    fail({ kind: 'host-unreachable', detail: 'on paper' })
  const store = createReviewStore(createClient(calls, bridge), bridge, {
    samples: nothing,
    json: nothing,
  })
  await store.open(REVIEWED_PLATE)
  const html = (plateId: PlateId | null = REVIEWED_PLATE): string =>
    renderToStaticMarkup(
      <ReviewView
        store={store}
        board={createCommandBoard()}
        goTo={() => undefined}
        place={{ view: 'review', plateId }}
      />,
    )
  const text = (plateId?: PlateId | null): string =>
    html(plateId)
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
  return { store, html, text }
}

const items: readonly ReviewItem[] = [
  reviewItem(1, {
    state: 'unreadable',
    reasons: ['image-truncated'],
    message: 'The file ends before its image does. Image this plane again.',
  }),
  reviewItem(2, { decision: decisionOf(1, 'accept') }),
  reviewItem(3),
]

describe('the review', () => {
  test('says when nothing is flagged, and what would appear here', async () => {
    const { text } = await view(ok([]))
    expect(text()).toContain('Nothing to review: no image on this plate is flagged.')
  })

  test('says why the queue could not be opened, and offers to try again', async () => {
    const { text } = await view(fail({ kind: 'plate-not-found', plateId: REVIEWED_PLATE }))
    expect(text()).toContain('This plate is not in the store.')
    expect(text()).toContain('Try again')
  })

  test('shows where, why and what is decided, and how far the review has come', async () => {
    const { text } = await view(ok([...items]))
    expect(text()).toContain('Review of BR00117')
    expect(text()).toContain('1 of 3 decided')
    expect(text()).toContain('A02, site 1, DAPI fail out of focus ✓ accepted')
  })

  test('shows the words in place of an image that cannot be read', async () => {
    const { text } = await view(ok([...items]))
    expect(text()).toContain('The file ends before its image does.')
  })

  test('is a list of which one is current, for readers of the screen', async () => {
    const { html } = await view(ok([...items]))
    expect(html().match(/aria-current="true"/g)).toHaveLength(1)
    expect(html()).toContain('aria-setsize="3"')
    expect(html()).toContain('aria-live="polite"')
  })

  test('says aloud what was done, and that it was not saved', async () => {
    const { store, text } = await view(ok([...items]))
    store.decide('reject')
    expect(text()).toContain('A01, site 1, DAPI: rejected. 2 of 3 decided.')
    await new Promise(resolve => setTimeout(resolve))
    expect(text()).toContain('A01, site 1, DAPI: not saved. The disk is full')
  })

  test('is a list to select from when many are shown', async () => {
    const { store, html } = await view(ok([...items]))
    store.switchMode()
    expect(html()).toContain('role="listbox"')
    expect(html().match(/role="option"/g)).toHaveLength(3)
    expect(html()).toMatch(/aria-activedescendant="[^"]+-1"/)
  })

  test('does not show one plate’s queue as another’s', async () => {
    const { text } = await view(ok([...items]))
    expect(text(null)).not.toContain('A02')
  })
})
