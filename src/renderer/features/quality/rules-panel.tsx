import { memo } from 'react'
import { metricText, numberText, ruleSentences } from '#core/quality/rule-text.ts'
import { faultText } from '#core/fault-text.ts'
import type { QualityRule } from '#core/quality/rules.ts'
import { useObservable } from '../../lib/observable.ts'
import { Button } from '../../ui/button.tsx'
import { FaultMessage, Notice } from '../../ui/message.tsx'
import { Panel } from '../../ui/panel.tsx'
import { NumberField } from '../../ui/text-field.tsx'
import { BaselineTable } from './baseline-table.tsx'
import css from './rules-panel.module.css'
import { changedBaselines, changedRules, type RulesState } from './rules-state.ts'
import type { RulesStore } from './rules-store.ts'
import { VersionList } from './version-list.tsx'

interface RulesPanelProps {
  readonly store: RulesStore
  /** Planes of the plate that were judged. */
  readonly judged: number
}

/** The rules in words with their limits, and the versions of the recipe. */
export const RulesPanel = memo(function RulesPanel({ store, judged }: RulesPanelProps) {
  const state = useObservable(store)
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
      <KnownRules {...{ state, store, judged }} />
      <Panel title="Versions">
        <VersionList
          versions={state.versions}
          busy={state.doing !== null}
          onUse={(hash, reason) => void store.use(hash, reason)}
        />
      </Panel>
    </>
  )
})

type Known = Extract<RulesState, { readonly status: 'known' }>

interface KnownRulesProps extends RulesPanelProps {
  readonly state: Known
}

function KnownRules({ state, store, judged }: KnownRulesProps) {
  const { recipe, quality, draft, doing, refused } = state
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
