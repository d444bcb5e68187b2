import type { ShownState } from '../lib/state-words.ts'
import { STATE_WORDS } from '../lib/state-words.ts'
import css from './verdict-mark.module.css'

interface VerdictMarkProps {
  readonly state: ShownState
  /** Only the shape; the word is still heard. */
  readonly silent?: boolean
  /** How many, beside the word. */
  readonly count?: number
}

/** A verdict as shape, colour and word. The shapes are the ones that plates draw in wells. */
export function VerdictMark({ state, silent = false, count }: VerdictMarkProps) {
  return (
    <span className={css['mark']} title={silent ? STATE_WORDS[state] : undefined}>
      <svg className={css[state]} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      <span className={silent ? 'heard' : css['word']}>{STATE_WORDS[state]}</span>
      {count === undefined ? null : <span>{count}</span>}
    </span>
  )
}

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8 } as const

const SHAPES = {
  pass: <circle cx="6" cy="6" r="4.6" fill="currentColor" />,
  fail: <path d="M2 2 L10 10 M10 2 L2 10" {...line} strokeWidth={2.2} />,
  'cannot-judge': <path d="M6 1.2 L10.8 6 L6 10.8 L1.2 6 Z" {...line} />,
  unreadable: <path d="M1.8 1.8 H10.2 V10.2 H1.8 Z M2 10 L10 2" {...line} />,
  waiting: <circle cx="6" cy="6" r="4.4" {...line} strokeDasharray="1.6 1.8" />,
  incomplete: (
    <>
      <circle cx="6" cy="6" r="4.6" {...line} strokeWidth={1.2} />
      <path d="M1.4 6 A4.6 4.6 0 0 0 10.6 6 Z" fill="currentColor" />
    </>
  ),
  missing: <circle cx="6" cy="6" r="4.6" {...line} strokeWidth={1.2} />,
} as const
