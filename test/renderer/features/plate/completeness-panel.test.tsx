import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { CompletenessPanel } from '../../../../src/renderer/features/plate/completeness-panel.tsx'
import type { ArrivalsInHand } from '../../../../src/renderer/features/plate/plate-state.ts'
import { PLATE, plateCompleteness } from '../../../support/sample-plate.ts'

function markup(arrivals: ArrivalsInHand): string {
  const counts = arrivals.status === 'known' ? arrivals.completeness.counts : null
  const deeds = { here: counts?.here ?? 0, onWell: () => undefined, onRetry: () => undefined }
  return renderToStaticMarkup(<CompletenessPanel plateId={PLATE} arrivals={arrivals} {...deeds} />)
}

function said(given: Parameters<typeof plateCompleteness>[0]): string {
  const completeness = plateCompleteness({ lastAt: null, ...given })
  return markup({ status: 'known', completeness }).replaceAll(/(<[^>]+>)+/g, '|')
}

const none = { here: 0, awaited: 0, late: 0, missing: 0 }

describe('how complete a plate is', () => {
  test('is two lines where all is here', () => {
    expect(said({})).toBe('|Completeness|All 16 images are here.|Imaging has ended.|')
  })

  test('is named well by well while images are late', () => {
    const counts = { ...none, here: 9, awaited: 4, late: 3 }
    const wells = [{ well: 'B03', late: 3, missing: 0 }]
    expect(said({ going: 'on', counts, wells })).toBe(
      '|Completeness|9 of 16 images are here.|3 late|in 1 well|B03|3|Imaging goes on.|',
    )
  })

  test('leads to what is to be imaged again where images are missing, and says a lost channel once', () => {
    const counts = { ...none, here: 8, missing: 8 }
    const absentChannels = [{ channel: 'Cy5', planes: 8, state: 'missing' as const }]
    const told = { counts, absentChannels, absentWells: ['A01'] }
    const wells = [{ well: 'A01', late: 0, missing: 8 }]
    expect(said({ ...told, wells })).toContain('|Nothing of Cy5 came: 8 images missing.|A01|all|')
    const completeness = plateCompleteness({ ...told, wells })
    expect(markup({ status: 'known', completeness })).toContain('href="#/reacquire/1"')
  })

  test('is not told where no index promises anything', () => {
    expect(said({ counts: null })).toContain('No index says how many images are to come')
    expect(said({ counts: null, tooMany: true })).toContain('more images than can be told')
  })

  test('is counted, or says why it cannot be', () => {
    expect(markup({ status: 'loading' })).toContain('Counting…')
    const fault = { kind: 'host-unreachable', detail: 'no connection' } as const
    const failed = markup({ status: 'failed', fault })
    expect(failed).toContain('role="alert"')
    expect(failed).toContain('Try again')
  })
})
