import type { Preview, RecipeVersion } from '#contract/quality.ts'
import type { Fault } from '#core/fault.ts'
import type { ChannelRule } from '#core/prepare/channel-roles.ts'
import type { QualitySettings } from '#core/quality/rules.ts'

/** The rules of the recipe in use, what somebody would change in them, and what that would do. */
export type RulesState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly fault: Fault }
  | {
      readonly status: 'known'
      readonly recipe: RecipeVersion
      readonly quality: QualitySettings
      readonly channels: readonly ChannelRule[]
      /** Newest first; empty until they were listed. */
      readonly versions: readonly RecipeVersion[]
      /** Null while nothing is changed. */
      readonly draft: QualitySettings | null
      readonly preview: PreviewState
      readonly doing: 'saving' | 'learning' | 'going-back' | null
      /** What could not be done, and why. */
      readonly refused: { readonly what: string; readonly fault: Fault } | null
    }

export type PreviewState =
  | { readonly status: 'none' }
  /** `before` is shown until the new one is there. */
  | { readonly status: 'asking'; readonly before: Preview | null }
  | { readonly status: 'known'; readonly preview: Preview }
  | { readonly status: 'failed'; readonly fault: Fault }

type Known = Extract<RulesState, { readonly status: 'known' }>

export type RulesEvent =
  | {
      readonly type: 'read'
      readonly recipe: RecipeVersion
      readonly quality: QualitySettings
      readonly channels: readonly ChannelRule[]
    }
  | { readonly type: 'read-failed'; readonly fault: Fault }
  | { readonly type: 'listed'; readonly versions: readonly RecipeVersion[] }
  | { readonly type: 'limit-set'; readonly rule: number; readonly limit: number }
  | { readonly type: 'learnt'; readonly baselines: QualitySettings['baselines'] }
  | { readonly type: 'discarded' }
  | { readonly type: 'previewed'; readonly draft: QualitySettings; readonly preview: Preview }
  | { readonly type: 'preview-failed'; readonly draft: QualitySettings; readonly fault: Fault }
  | { readonly type: 'began'; readonly doing: NonNullable<Known['doing']> }
  | { readonly type: 'used' }
  | { readonly type: 'refused'; readonly what: string; readonly fault: Fault }

export function reduceRules(state: RulesState, event: RulesEvent): RulesState {
  if (event.type === 'read') return read(state, event)
  if (event.type === 'read-failed') {
    return state.status === 'known' ? state : { status: 'failed', fault: event.fault }
  }
  if (state.status !== 'known') return state
  switch (event.type) {
    case 'listed':
      return { ...state, versions: event.versions }
    case 'limit-set':
      return drafted(state, withLimit(state.draft ?? state.quality, event.rule, event.limit))
    case 'learnt': {
      const base = state.draft ?? state.quality
      const baselines = { ...base.baselines, ...event.baselines }
      return drafted({ ...state, doing: null }, { ...base, baselines })
    }
    case 'discarded':
      return { ...state, draft: null, preview: { status: 'none' }, refused: null }
    case 'previewed':
      // A preview of what has been changed again since comes too late.
      if (event.draft !== state.draft) return state
      return { ...state, preview: { status: 'known', preview: event.preview } }
    case 'preview-failed':
      if (event.draft !== state.draft) return state
      return { ...state, preview: { status: 'failed', fault: event.fault } }
    case 'began':
      return { ...state, doing: event.doing, refused: null }
    case 'used':
      return { ...state, draft: null, preview: { status: 'none' }, doing: null, refused: null }
    case 'refused':
      return { ...state, doing: null, refused: { what: event.what, fault: event.fault } }
  }
}

/** What is on screen of a preview. */
export function shownPreview(preview: PreviewState): Preview | null {
  if (preview.status === 'known') return preview.preview
  return preview.status === 'asking' ? preview.before : null
}

/** Which rules of the draft have another limit. */
export function changedRules({ quality, draft }: Known): ReadonlySet<number> {
  const changed = (draft ?? quality).rules.flatMap((rule, i) =>
    rule.limit === quality.rules[i]?.limit ? [] : [i],
  )
  return new Set(changed)
}

/** The channels whose baseline the draft changes. */
export function changedBaselines({ quality, draft }: Known): readonly string[] {
  return Object.entries((draft ?? quality).baselines).flatMap(([channel, baseline]) =>
    baseline === quality.baselines[channel] ? [] : [channel],
  )
}

/** What somebody is changing stays theirs while the recipe is read again. */
function read(state: RulesState, event: Extract<RulesEvent, { readonly type: 'read' }>): Known {
  const { recipe, quality, channels } = event
  const fresh = { status: 'known', recipe, quality, channels } as const
  if (state.status !== 'known') {
    const nothing = { versions: [], draft: null, preview: { status: 'none' } } as const
    return { ...fresh, ...nothing, doing: null, refused: null }
  }
  return { ...state, ...fresh }
}

function drafted(state: Known, draft: QualitySettings): Known {
  const same = JSON.stringify(draft) === JSON.stringify(state.quality)
  if (same) return { ...state, draft: null, preview: { status: 'none' }, refused: null }
  const before = shownPreview(state.preview)
  return { ...state, draft, preview: { status: 'asking', before }, refused: null }
}

function withLimit(settings: QualitySettings, at: number, limit: number): QualitySettings {
  return {
    ...settings,
    rules: settings.rules.map((rule, i) => (i === at ? { ...rule, limit } : rule)),
  }
}
