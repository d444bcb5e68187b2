import { memo, useMemo, type ReactNode } from 'react'
import type { PlaneState, PlateSummary } from '#contract/plates.ts'
import { PlateName } from '../../ui/plate-name.tsx'
import { durationText, ProgressBar } from '../../ui/progress-bar.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { figuresOf } from './figures.ts'
import css from './figures-strip.module.css'
import type { JudgedTable } from './judged-table.ts'
import { useNow } from './use-now.ts'

interface FiguresStripProps {
  readonly summary: PlateSummary
  readonly table: JudgedTable
  /** The verdict that the view is narrowed to. */
  readonly shown: PlaneState | null
  readonly onShow: (state: PlaneState | null) => void
}

const VERDICTS = ['pass', 'fail', 'cannot-judge', 'unreadable'] as const
const CLOCK_STEP_MS = 2000

/** How far the plate is and how it comes out, in figures. */
export const FiguresStrip = memo(function FiguresStrip({
  summary,
  table,
  shown,
  onShow,
}: FiguresStripProps) {
  const now = useNow(CLOCK_STEP_MS)
  const figures = useMemo(() => figuresOf(summary, table, now), [summary, table, now])
  const { expected, arrived, notArrived, judged, states, perMinute, secondsLeft } = figures
  return (
    <header className={css['strip']}>
      <div className={css['title']}>
        <h1 className={css['plate']}>
          <PlateName plateId={summary.plateId} name={summary.name} />
        </h1>
        <ProgressBar
          label="Judged"
          done={judged + states.unreadable}
          of={expected}
          secondsLeft={null}
        />
      </div>
      <dl className={css['figures']}>
        <Figure term="Expected">{expected === null ? 'not told' : countText(expected)}</Figure>
        <Figure term="Arrived">{countText(arrived)}</Figure>
        {notArrived === null ? null : <Figure term="Not arrived">{countText(notArrived)}</Figure>}
        <Figure term="Waiting" title="Here and not judged yet">
          {countText(states.waiting)}
        </Figure>
        <Figure term="Rate">{perMinute === 0 ? '–' : `${countText(perMinute)} / min`}</Figure>
        <Figure term="To the end">{secondsLeft === null ? '–' : durationText(secondsLeft)}</Figure>
      </dl>
      <div className={css['verdicts']} role="group" aria-label="Show only">
        {VERDICTS.map(state => (
          <button
            key={state}
            type="button"
            className={css['verdict']}
            aria-pressed={shown === state}
            onClick={() => onShow(shown === state ? null : state)}
          >
            <VerdictMark state={state} />
            <span className={css['count']}>{countText(states[state])}</span>
            <span className={css['share']}>
              {shareText(states[state], arrived - states.waiting)}
            </span>
          </button>
        ))}
      </div>
    </header>
  )
})

interface FigureProps {
  readonly term: string
  readonly title?: string
  readonly children: ReactNode
}

function Figure({ term, title, children }: FigureProps) {
  return (
    <div title={title}>
      <dt className={css['term']}>{term}</dt>
      <dd className={css['number']}>{children}</dd>
    </div>
  )
}

const COUNT = new Intl.NumberFormat('en')

function countText(count: number): string {
  return COUNT.format(count)
}

function shareText(count: number, of: number): string {
  if (of === 0) return ''
  const percent = (count / of) * 100
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}
