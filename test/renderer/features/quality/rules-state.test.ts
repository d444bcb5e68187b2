import { describe, expect, test } from 'vitest'
import type { Preview, RecipeVersion } from '#contract/quality.ts'
import type { Sha256 } from '#core/brand.ts'
import { learnBaseline } from '#core/quality/baseline.ts'
import { defaultQuality, type QualitySettings } from '#core/quality/rules.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import {
  changedBaselines,
  changedRules,
  reduceRules,
  shownPreview,
  type RulesEvent,
  type RulesState,
} from '../../../../src/renderer/features/quality/rules-state.ts'
import { metricsOf } from '../../../support/quality-metrics.ts'

const recipe: RecipeVersion = {
  hash: 'a'.repeat(64) as Sha256,
  name: 'nuclei-fluorescence',
  status: 'locked',
  keptAt: null,
  reason: null,
  inUse: true,
}
const { channels } = NUCLEI_FLUORESCENCE
const READ = { type: 'read', recipe, quality: defaultQuality, channels } as const
const PREVIEW = { changed: 3 } as Preview

type Known = Extract<RulesState, { status: 'known' }>

function after(...events: readonly RulesEvent[]): Known {
  const state = [READ, ...events].reduce<RulesState>(reduceRules, { status: 'loading' })
  if (state.status !== 'known') throw new Error(state.status)
  return state
}

function draftOf(state: Known): QualitySettings {
  if (state.draft === null) throw new Error('There is no draft')
  return state.draft
}

const STRICTER = { type: 'limit-set', rule: 0, limit: 0.1 } as const

describe('a draft', () => {
  test('holds the changed limit; the rules in use stay', () => {
    const state = after(STRICTER)
    expect(draftOf(state).rules[0]!.limit).toBe(0.1)
    expect(state.quality.rules[0]!.limit).toBe(0.07)
    expect([...changedRules(state)]).toEqual([0])
  })

  test('is none when every limit is back where it was', () => {
    expect(after(STRICTER, { ...STRICTER, limit: 0.07 })).toMatchObject({
      draft: null,
      preview: { status: 'none' },
    })
  })

  test('takes a learnt baseline in and keeps those of other channels', () => {
    const DAPI = learnBaseline([metricsOf({ edge_sharpness: 0.3 })])
    const GFP = learnBaseline([metricsOf({ edge_sharpness: 0.2 })])
    const state = after(
      { type: 'learnt', baselines: { GFP } },
      { type: 'learnt', baselines: { DAPI } },
    )
    expect(changedBaselines(state)).toEqual(['GFP', 'DAPI'])
  })

  test('learning from a plate where nothing passes changes nothing', () => {
    expect(after({ type: 'learnt', baselines: {} }).draft).toBeNull()
  })

  test('stays while the recipe is read again', () => {
    expect(draftOf(after(STRICTER, READ)).rules[0]!.limit).toBe(0.1)
  })

  test('is gone once it is saved or discarded', () => {
    expect(after(STRICTER, { type: 'began', doing: 'saving' }, { type: 'used' })).toMatchObject({
      draft: null,
      doing: null,
    })
    expect(after(STRICTER, { type: 'discarded' }).draft).toBeNull()
  })

  test('stays when it cannot be saved, and says why', () => {
    const fault = { kind: 'disk-full', path: '/store' } as const
    const state = after(STRICTER, { type: 'refused', what: 'Not saved.', fault })
    expect(state).toMatchObject({ refused: { fault }, doing: null })
    expect(draftOf(state).rules[0]!.limit).toBe(0.1)
  })
})

describe('a preview', () => {
  test('of a draft that has been changed again comes too late', () => {
    const first = draftOf(after(STRICTER))
    const state = after(STRICTER, { ...STRICTER, limit: 0.2 })
    const late = reduceRules(state, { type: 'previewed', draft: first, preview: PREVIEW })
    expect(late).toBe(state)
  })

  test('stays on screen until the next is there', () => {
    const state = after(STRICTER)
    const known = reduceRules(state, {
      type: 'previewed',
      draft: draftOf(state),
      preview: PREVIEW,
    }) as Known
    expect(shownPreview(known.preview)).toBe(PREVIEW)
    const changed = reduceRules(known, { ...STRICTER, limit: 0.2 }) as Known
    expect(changed.preview).toEqual({ status: 'asking', before: PREVIEW })
  })
})

test('rules that cannot be read are a fault; known ones stay', () => {
  const fault = { kind: 'host-unreachable', detail: 'no connection' } as const
  const failed = reduceRules({ status: 'loading' }, { type: 'read-failed', fault })
  expect(failed).toEqual({ status: 'failed', fault })
  const known = after()
  expect(reduceRules(known, { type: 'read-failed', fault })).toBe(known)
})
