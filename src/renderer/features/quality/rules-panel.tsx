import { useState, useSyncExternalStore } from 'react'
import { metricText, numberText, ruleSentences } from '#core/quality/rule-text.ts'
import { faultText } from '#core/fault-text.ts'
import type { QualityRule } from '#core/quality/rules.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { Button } from '../../ui/button.tsx'
import { FaultMessage, Notice } from '../../ui/message.tsx'
import { Panel } from '../../ui/panel.tsx'
import { NumberField, TextField } from '../../ui/text-field.tsx'
import { BaselineTable } from './baseline-table.tsx'
import { PreviewList } from './preview-list.tsx'
import css from './rules-panel.module.css'
import { changedBaselines, changedRules, type RulesState } from './rules-state.ts'
import type { RulesStore } from './rules-store.ts'
import { VersionList } from './version-list.tsx'
import type { FieldId, PlaneId } from '#core/brand.ts'

interface RulesPanelProps {
  readonly store: RulesStore
  readonly pixels: PixelSource
  /** Planes of the plate that were judged. */
  readonly judged: number
  readonly onOpen: (fieldId: FieldId, planeId: PlaneId) => void
}

/** The rules in words, what other limits would do, and the versions of the recipe. */
export function RulesPanel({ store, pixels, judged, onOpen }: RulesPanelProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  if (state.status === 'loading') return <Panel title="Rules">{null}</Panel>
  if (state.status === 'failed') {
    return (
      <Panel title="Rules">
        <FaultMessage
          fault={state.fault}
          title="The rules could not be read."
          onRetry={() => void store.read()}
        />
      </Panel>
    )
  }
  return (
    <>
      <KnownRules {...{ state, store, pixels, judged, onOpen }} />
      <Panel title="Versions">
        <VersionList
          versions={state.versions}
          busy={state.doing !== null}
          onUse={(hash, reason) => void store.use(hash, reason)}
        />
      </Panel>
    </>
  )
}

type Known = Extract<RulesState, { readonly status: 'known' }>

interface KnownRulesProps extends RulesPanelProps {
  readonly state: Known
}

function KnownRules({ state, store, pixels, judged, onOpen }: KnownRulesProps) {
  const { recipe, quality, draft, doing, refused, preview } = state
  const shown = draft ?? quality
  const changed = changedRules(state)
  return (
    <Panel title="Rules" actions={<span>{recipe.name}</span>}>
      {refused === null ? null : (
        <Notice tone="fault">
          {refused.what} {faultText(refused.fault)}
        </Notice>
      )}
      <ol className={css['rules']}>
        {shown.rules.map((rule, i) => (
          <RuleLine
            key={`${rule.metric} ${rule.reason}`}
            rule={rule}
            saved={changed.has(i) ? (quality.rules[i]?.limit ?? null) : null}
            onLimit={limit => store.setLimit(i, limit)}
          />
        ))}
      </ol>
      <BaselineTable
        baselines={shown.baselines}
        rules={shown.rules}
        changed={changedBaselines(state)}
        learning={doing === 'learning'}
        canLearn={judged > 0}
        onLearn={() => void store.learn()}
      />
      {draft === null ? null : (
        <div className={css['draft']}>
          <PreviewList preview={preview} pixels={pixels} onOpen={onOpen} />
          <SaveDraft
            saving={doing === 'saving'}
            onSave={reason => void store.save(reason)}
            onDiscard={() => store.discard()}
          />
        </div>
      )}
    </Panel>
  )
}

interface RuleLineProps {
  readonly rule: QualityRule
  /** The limit that is in use, where the draft has another. */
  readonly saved: number | null
  readonly onLimit: (limit: number) => void
}

function RuleLine({ rule, saved, onLimit }: RuleLineProps) {
  const [fails, ...more] = ruleSentences(rule)
  return (
    <li className={css['rule']} data-changed={saved !== null}>
      <p className={css['words']}>
        {fails} <span className={css['more']}>{more.join(' ')}</span>
      </p>
      <span className={css['limit']}>
        <NumberField
          label={`${rule.fails === 'below' ? 'Least' : 'Most'} ${metricText(rule.metric).name}${rule.of === 'deviation' ? ' from the baseline, in standard deviations' : ''}`}
          silent
          value={rule.limit}
          onCommit={limit => {
            if (limit !== null) onLimit(limit)
          }}
        />
        {saved === null ? null : (
          <Button tone="quiet" onClick={() => onLimit(saved)}>
            Back to {numberText(saved)}
          </Button>
        )}
      </span>
    </li>
  )
}

interface SaveDraftProps {
  readonly saving: boolean
  readonly onSave: (reason: string) => void
  readonly onDiscard: () => void
}

function SaveDraft({ saving, onSave, onDiscard }: SaveDraftProps) {
  const [reason, setReason] = useState('')
  return (
    <div className={css['save']}>
      <TextField
        label="Why"
        stacked
        value={reason}
        placeholder="What made you change the rules"
        maxLength={500}
        onCommit={text => setReason(text.trim())}
      />
      <p className={css['hint']}>
        Saving makes a new version; the one before stays. The plate is judged again by the new
        version, also what is running now, and so is every plate that is being watched.
      </p>
      <span className={css['buttons']}>
        <Button tone="primary" disabled={reason === '' || saving} onClick={() => onSave(reason)}>
          {saving ? 'Saving…' : 'Save and judge again'}
        </Button>
        <Button disabled={saving} onClick={onDiscard}>
          Discard changes
        </Button>
      </span>
    </div>
  )
}
