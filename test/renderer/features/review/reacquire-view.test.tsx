import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls } from '#contract/index.ts'
import type { Reacquisition } from '#contract/review.ts'
import { fail, ok, type Fault } from '#core/fault.ts'
import { createReacquireStore } from '../../../../src/renderer/features/review/reacquire-store.ts'
import { ReacquireView } from '../../../../src/renderer/features/review/reacquire-view.tsx'
import { paperHost } from '../../../support/paper-host.ts'
import { REVIEWED_PLATE } from '../../../support/review-items.ts'
import { plateSummary } from '../../../support/sample-plate.ts'

const plate = plateSummary(REVIEWED_PLATE, { name: 'BR00117' })

const item: Reacquisition = {
  well: 'B03',
  site: 2,
  z: 0,
  t: 1,
  channels: ['DAPI', 'GFP'],
  reasons: ['out-of-focus'],
  because: 'flagged',
  by: null,
  note: '',
  state: 'open',
}

async function text(list: readonly Reacquisition[] | Fault, operator = 'Mara'): Promise<string> {
  const { bridge } = paperHost({
    'review.reacquire': async () =>
      'kind' in list ? fail(list as Extract<Fault, { kind: 'plate-not-found' }>) : ok([...list]),
    'plates.list': async () => ok([plate]),
    'settings.read': async () => ok({ theme: 'dark', operator, openAtLogin: null, notify: false }),
    'about.read': async () =>
      ok({
        version: '0.1.0',
        node: '24',
        electron: null,
        chrome: null,
        host: 'web',
        store: '/store',
        osUser: 'microscope',
        choosesFolders: false,
      }),
  })
  const now = (): Date => new Date(2026, 2, 1, 10, 5)
  const reacquire = createReacquireStore(createClient(calls, bridge), bridge, now)
  await reacquire.open(REVIEWED_PLATE)
  return renderToStaticMarkup(
    <ReacquireView
      store={{ reacquire }}
      goTo={() => undefined}
      place={{ view: 'reacquire', plateId: REVIEWED_PLATE }}
    />,
  )
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

describe('the page of what to image again', () => {
  test('says which plate, when and who', async () => {
    expect(await text([item])).toContain(
      'Plate BR00117 Folder /data/plate Date 2026-03-01 10:05 Operator Mara To image 1 open, 0 imaged again',
    )
  })

  test('names the operating system’s user where nobody has said who works', async () => {
    expect(await text([item], '')).toContain('Operator microscope')
  })

  test.each([
    { more: {}, words: 'Flagged, nobody has looked (1) B03 2 0 1 DAPI, GFP out of focus open' },
    {
      more: { because: 'decided', by: 'Mara', note: 'a hair' },
      words: 'Decided (1) B03 2 0 1 DAPI, GFP Mara; out of focus a hair open',
    },
    {
      more: { because: 'unreadable', reasons: ['image-truncated'] },
      words: 'Unreadable (1) B03 2 0 1 DAPI, GFP image truncated open',
    },
    {
      more: { because: 'missing', reasons: [] },
      words: 'Promised by the index, never came (1) B03',
    },
    { more: { state: 'pass' }, words: 'imaged again: pass' },
    { more: { well: null, site: null }, words: '– – 0 1 DAPI, GFP' },
  ] as const)('has a line “$words”', async ({ more, words }) => {
    expect(await text([{ ...item, ...more } as Reacquisition])).toContain(words)
  })

  test('stands in groups by why, however the list comes', async () => {
    const list = (['missing', 'flagged', 'decided', 'flagged'] as const).map(because => ({
      ...item,
      because,
    }))
    const said = await text(list)
    const heads = ['Decided (1)', 'Flagged, nobody has looked (2)', 'never came (1)']
    const places = heads.map(head => said.indexOf(head))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(said).not.toContain('Unreadable')
  })

  test('says when there is nothing', async () => {
    expect(await text([])).toContain('Nothing to image again on BR00117.')
  })

  test('says why the list could not be made', async () => {
    const said = await text({ kind: 'plate-not-found', plateId: REVIEWED_PLATE })
    expect(said).toContain('The list could not be made.')
    expect(said).toContain('This plate is not in the store.')
  })
})
