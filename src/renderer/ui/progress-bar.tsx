import css from './progress-bar.module.css'

interface ProgressBarProps {
  readonly label: string
  readonly done: number
  /** Null where nobody knows. */
  readonly of: number | null
  readonly secondsLeft: number | null
}

/** How far work has come, with the time that is left. */
export function ProgressBar({ label, done, of, secondsLeft }: ProgressBarProps) {
  const left = secondsLeft === null ? '' : `, ${durationText(secondsLeft)} left`
  return (
    <div className={css['progress']}>
      <span>{label}</span>
      <progress
        className={css['bar']}
        aria-label={label}
        {...(of === null ? {} : { value: done, max: Math.max(of, 1) })}
      />
      <span className={css['left']}>{of === null ? `${done}` : `${done} of ${of}${left}`}</span>
    </div>
  )
}

/** `40 s`, `3 min`, `2 h 10 min`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
