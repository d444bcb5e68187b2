import { useObservable } from '../../lib/observable.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import css from './progress-line.module.css'
import type { ProgressStore } from './progress-store.ts'

interface ProgressLineProps {
  readonly store: ProgressStore
}

/** A bar for each task that takes longer than a moment. */
export function ProgressLine({ store }: ProgressLineProps) {
  const tasks = useObservable(store)
  return (
    <div className={css['line']} role="status" aria-label="Progress" aria-live="off">
      {tasks.map(task => (
        <ProgressBar key={task.taskId} {...task} />
      ))}
    </div>
  )
}
