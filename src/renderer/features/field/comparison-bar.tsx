import { faultText } from '#core/fault-text.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import css from './comparison-bar.module.css'
import type { Comparison } from './field-state.ts'
import { fieldName } from './field-words.ts'

interface ComparisonBarProps {
  readonly comparison: Comparison
  /** The field in hand. */
  readonly own: string
  readonly onArrange: (change: Partial<Pick<Comparison, 'arrangement' | 'turned'>>) => void
  readonly onEnd: () => void
}

/** What is compared with what, and how. Both are shown with the contrast of the field in hand. */
export function ComparisonBar({ comparison, own, onArrange, onEnd }: ComparisonBarProps) {
  const { arrangement, turned } = comparison
  const other = otherName(comparison)
  return (
    <div className={css['bar']}>
      <span className={css['names']} role="status">
        {comparison.other.status !== 'shown' ? (
          otherProblem(comparison)
        ) : arrangement === 'turn' ? (
          <strong>{turned ? other : own}</strong>
        ) : (
          <>
            <span>
              Left: <strong>{own}</strong>
            </span>
            <span>
              Right: <strong>{other}</strong>
            </span>
          </>
        )}
      </span>
      <Segmented
        label="Arrangement"
        value={arrangement}
        options={[
          { value: 'side', text: 'Side by side' },
          { value: 'turn', text: 'In turn' },
        ]}
        onChange={next => onArrange({ arrangement: next, turned: next === 'turn' })}
      />
      {arrangement === 'turn' ? (
        <Button onClick={() => onArrange({ turned: !turned })}>
          {turned ? `Show ${own}` : `Show ${other}`}
        </Button>
      ) : null}
      <Button tone="quiet" label="End the comparison" onClick={onEnd}>
        ✕
      </Button>
    </div>
  )
}

export function otherName({ with: kind, other }: Comparison): string {
  if (other.status !== 'shown') return 'the other'
  const { field } = other.opened.details
  return kind === 'run'
    ? `${fieldName(field)}, run ${field.acquisition + 1}`
    : `${fieldName(field)} (good)`
}

function otherProblem({ other }: Comparison): string {
  switch (other.status) {
    case 'loading':
      return 'Looking for a field to compare with…'
    case 'none':
      return 'No plane of this channel passes on this plate yet, so there is nothing good to compare with.'
    case 'failed':
      return faultText(other.fault)
    case 'shown':
      return ''
  }
}
