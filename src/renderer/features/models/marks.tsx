import type { ModelState } from '#contract/models.ts'
import { classNames } from '../../ui/class-names.ts'
import css from './marks.module.css'
import { STATE_WORDS } from './model-words.ts'

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const

const STATE_SHAPES: Readonly<Record<ModelState, React.ReactNode>> = {
  draft: <circle cx="6" cy="6" r="4.4" {...line} strokeDasharray="1.6 1.8" />,
  qualified: <circle cx="6" cy="6" r="4.4" {...line} />,
  'in-use': <circle cx="6" cy="6" r="4.8" fill="currentColor" />,
  retired: <path d="M2 6 H10" {...line} strokeWidth={2} />,
}

/** The state of a network as shape, colour and word. */
export function StateMark({ state }: { readonly state: ModelState }) {
  return (
    <span className={css['mark']}>
      <svg className={css[state]} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {STATE_SHAPES[state]}
      </svg>
      {STATE_WORDS[state]}
    </span>
  )
}

const TEST_MARKS = {
  passed: {
    word: 'passed',
    shape: <path d="M1.8 6.4 L4.8 9.4 L10.2 2.8" {...line} strokeWidth={2} />,
  },
  failed: {
    word: 'failed',
    shape: <path d="M2 2 L10 10 M10 2 L2 10" {...line} strokeWidth={2.2} />,
  },
  'not-run': {
    word: 'not run',
    shape: <circle cx="6" cy="6" r="4.4" {...line} strokeWidth={1.2} />,
  },
} as const

/** What a test gave, as shape, colour and word; null where there was none. */
export function TestMark({ passed }: { readonly passed: boolean | null }) {
  const outcome = passed === null ? 'not-run' : passed ? 'passed' : 'failed'
  const { word, shape } = TEST_MARKS[outcome]
  return (
    <span className={css['mark']}>
      <svg
        className={classNames(css[outcome])}
        viewBox="0 0 12 12"
        width="12"
        height="12"
        aria-hidden="true"
      >
        {shape}
      </svg>
      {word}
    </span>
  )
}
