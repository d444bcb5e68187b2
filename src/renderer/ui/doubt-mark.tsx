import css from './doubt-mark.module.css'

interface DoubtMarkProps {
  /** What the recipe makes of what networks said. */
  readonly decision: 'use' | 'review'
  /** Only the shape; the word is still heard. */
  readonly silent?: boolean
}

const WORDS = { use: 'used', review: 'for review' } as const

/** Whether what networks said is used or left to a person, as shape, colour and word. */
export function DoubtMark({ decision, silent = false }: DoubtMarkProps) {
  const word = WORDS[decision]
  return (
    <span className={css['mark']} title={silent ? word : undefined}>
      <svg className={css[decision]} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {SHAPES[decision]}
      </svg>
      <span className={silent ? 'heard' : undefined}>{word}</span>
    </span>
  )
}

const line = { fill: 'none', stroke: 'currentColor' } as const

const SHAPES = {
  use: <path d="M1.6 6.4 L4.8 9.6 L10.4 2.6" {...line} strokeWidth={1.8} />,
  review: (
    <>
      <path d="M3.4 4.1 A2.6 2.6 0 1 1 6 6.6 V8" {...line} strokeWidth={1.7} />
      <circle cx="6" cy="10.4" r="1.1" fill="currentColor" />
    </>
  ),
} as const
