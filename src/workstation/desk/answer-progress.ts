import type { ParfocalApi } from '#contract/index.ts'
import type { Task } from '#contract/progress.ts'
import { ok } from '#core/fault.ts'
import type { OpenWork } from '../run-work.ts'
import type { WorkList } from '../work-list.ts'
import type { Tell } from './desk.ts'

export interface ProgressDesk {
  readonly answers: Pick<ParfocalApi, 'progress.read'>
  close(): void
}

const TOLD_EVERY_MS = 1_000
/** What takes less is not worth a bar. */
const WORTH_TELLING_MS = 1_000

/** Tells once a second how far long work is. */
export function tellProgress(work: Pick<WorkList, 'open'>, tell: Tell): ProgressDesk {
  let told = 0
  const read = (): Task[] => longTasks(work.open(), Date.now())
  const timer = setInterval(() => {
    const tasks = read()
    if (tasks.length === 0 && told === 0) return
    told = tasks.length
    tell('progress.changed', tasks)
  }, TOLD_EVERY_MS)
  timer.unref()
  return {
    answers: { 'progress.read': async () => ok(read()) },
    close: () => clearInterval(timer),
  }
}

const WORDS = { judging: 'Judging', analysing: 'Analysing' } as const

/** What has gone on for longer than a second, with the time left at the rate so far. */
export function longTasks(open: readonly OpenWork[], now: number): Task[] {
  return open
    .filter(({ since }) => now - since >= WORTH_TELLING_MS)
    .map(({ run, kind, done, of, since }) => ({
      taskId: `${kind}-${run.id}`,
      label: `${WORDS[kind]} ${run.plate}`,
      done,
      of,
      startedAt: new Date(since).toISOString(),
      secondsLeft: done === 0 ? null : ((now - since) / 1000 / done) * (of - done),
    }))
}
