import { expect, test } from 'vitest'
import { Task } from '#contract/progress.ts'
import { longTasks } from '#workstation/desk/answer-progress.ts'
import type { OpenWork } from '#workstation/run-work.ts'
import type { AcquisitionRow } from '#workstation/store/plates.ts'

const run = { id: 0, plate: 'BR00117' } as AcquisitionRow
const work = (kind: OpenWork['kind'], done: number, since: number): OpenWork => ({
  run,
  kind,
  done,
  of: 40,
  since,
})

test('work has a bar once it has gone on for a second, with the time left at its rate', () => {
  const tasks = longTasks(
    [work('judging', 10, 0), work('analysing', 0, 0), work('judging', 1, 9500)],
    10_000,
  )
  expect(tasks.map(task => Task.parse(task))).toEqual([
    {
      taskId: 'judging-0',
      label: 'Judging BR00117',
      done: 10,
      of: 40,
      startedAt: '1970-01-01T00:00:00.000Z',
      secondsLeft: 30,
    },
    expect.objectContaining({ label: 'Analysing BR00117', done: 0, secondsLeft: null }),
  ])
})
