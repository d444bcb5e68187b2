import { describe, expect, test, vi } from 'vitest'
import type { PlateId } from '#core/brand.ts'
import { ok } from '#core/fault.ts'
import { defaultQuality } from '#core/quality/rules.ts'
import { NUCLEI_FLUORESCENCE, recipeHash } from '#core/recipe.ts'
import {
  createQualityStore,
  type QualityApi,
} from '../../../../src/renderer/features/quality/quality-store.ts'
import { judgedPage } from '../../../support/judged-page.ts'
import { paperHost } from '../../../support/paper-host.ts'
import { plateDetails, plateSummary } from '../../../support/sample-plate.ts'

const plateId = 1 as PlateId
const states = { waiting: 0, pass: 2, fail: 0, 'cannot-judge': 0, unreadable: 0 }
const summary = plateSummary(plateId, { expected: 4, states })
const version = {
  hash: recipeHash(NUCLEI_FLUORESCENCE),
  name: 'nuclei-fluorescence',
  status: 'draft',
  keptAt: null,
  reason: null,
  inUse: true,
} as const

/** A host with a plate whose planes are judged as the test says; asks are noted. */
function host() {
  const { bridge, tell } = paperHost({})
  const asked: { after: number; metrics: readonly string[] }[] = []
  let judged = 4
  const api: QualityApi = {
    'plates.open': async () => ok(plateDetails(96, [], { summary })),
    'quality.planes': async ({ after, metrics }) => {
      asked.push({ after, metrics })
      // Two planes a page.
      const count = Math.min(2, judged - after)
      const cursor = after + count
      const planes = Array.from({ length: count }, () => ({ metrics: { edge_sharpness: 0.2 } }))
      return ok(judgedPage(planes, { from: after, cursor, more: cursor < judged }))
    },
    'fields.doubted': async () => ok({ fields: judged > 4 ? 2 : 1 }),
    'quality.rules': async () => ok({ recipe: version, quality: defaultQuality, channels: [] }),
    'quality.preview': async () =>
      ok({ before: states, after: states, changed: judged, changes: [] }),
    'quality.learn': async () => ok({ baselines: {} }),
    'recipes.list': async () => ok([version]),
    'recipes.succeed': async () => ok(version),
    'recipes.use': async () => ok(version),
  }
  return {
    api,
    bridge,
    asked,
    judge: (planes: number) => void (judged += planes),
    tell,
  }
}

async function opened() {
  const { api, bridge, ...rest } = host()
  const store = createQualityStore(api, bridge, { followMs: 1, previewMs: 1 })
  const planes = (): readonly number[] => {
    const state = store.plate.getSnapshot()
    return state.status === 'open' ? state.table.planeId : []
  }
  await store.open(plateId)
  await vi.waitFor(() => expect(planes()).toHaveLength(4))
  return { store, planes, ...rest }
}

describe('a quality store', () => {
  test('reads a plate page by page', async () => {
    const { planes, asked } = await opened()
    expect(planes()).toEqual([1, 2, 3, 4])
    expect(asked.map(({ after }) => after)).toEqual([0, 2])
  })

  test('asks for what was judged since when the plate changes, and for nothing else', async () => {
    const { planes, asked, judge, tell } = await opened()
    tell('plate.changed', { summary: plateSummary(2 as PlateId), wells: [] })
    judge(1)
    tell('plate.changed', { summary, wells: [] })
    await vi.waitFor(() => expect(planes()).toHaveLength(5))
    expect(asked.map(({ after }) => after)).toEqual([0, 2, 4])
  })

  test('reads the plate from the start when another recipe is in use', async () => {
    const { asked, tell, store } = await opened()
    tell('recipe.changed', version)
    await vi.waitFor(() => expect(asked.map(({ after }) => after)).toEqual([0, 2, 0, 2]))
    await vi.waitFor(() => expect(store.plate.getSnapshot()).toMatchObject({ next: null }))
  })

  test('asks again only for metrics that it has not asked for', async () => {
    const { asked, store } = await opened()
    store.select({ type: 'metric-chosen', metric: 'background_level' })
    expect(asked).toHaveLength(2)
    store.select({ type: 'metric-chosen', metric: 'FocusScore' })
    await vi.waitFor(() => expect(asked).toHaveLength(4))
    expect(asked[2]!.metrics).toContain('FocusScore')
  })

  test('previews a changed limit, and asks for its version once it is saved', async () => {
    const { store } = await opened()
    store.rules.setLimit(0, 0.2)
    await vi.waitFor(() =>
      expect(store.rules.getSnapshot()).toMatchObject({ preview: { status: 'known' } }),
    )
    await store.rules.save('blur got by')
    expect(store.rules.getSnapshot()).toMatchObject({ draft: null, versions: [version] })
  })
  test('previews a draft anew when more was judged', async () => {
    const { store, judge, tell } = await opened()
    store.rules.setLimit(0, 0.2)
    judge(3)
    tell('plate.changed', { summary, wells: [] })
    await vi.waitFor(() =>
      expect(store.rules.getSnapshot()).toMatchObject({
        preview: { status: 'known', preview: { changed: 7 } },
      }),
    )
  })
})
