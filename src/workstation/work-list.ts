import type { AcquisitionId, RecordId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import { candidatesOf, idOfAnalysis, workOnField, type FieldWork } from './analysis/field-work.ts'
import { createLane } from './analysis/lane.ts'
import { aggregateAcquisition } from './analysis/process-acquisition.ts'
import { doField, keepField, type Workbench } from './analysis/process-field.ts'
import { takeUpFields } from './analysis/take-up-fields.ts'
import { createBegun } from './begun.ts'
import { isDoubtful } from './doubtful-faults.ts'
import type { FieldDone } from './record/recorder.ts'
import {
  countWork,
  emptied,
  isBusy,
  newRunWork,
  noCounts,
  openWorkOf,
  type Arrived,
  type OpenWork,
  type RunWork,
  type WorkCount,
  type WorkKind,
} from './run-work.ts'
import { reportPlate } from './run-folder.ts'
import { activityIsRecorded } from './store/activities.ts'
import { fieldsOf, type FieldRow } from './store/fields.ts'
import { createWorkInHand } from './work-in-hand.ts'
import type { WorkNews } from './work-news.ts'
import type { Workstation } from './workstation.ts'

/** What is to be done with fields that arrive: verdicts first and newest first, objects when a field is complete. */
export interface WorkList {
  /** @param where before or behind all that waits for a verdict */
  take(arrived: Arrived, where: 'first' | 'last'): void
  /** Nothing has come for a while: what is incomplete is analysed with what it has, and all is summed up. */
  calm(runs: Iterable<AcquisitionId>): void
  /** The files of these runs cannot be read for now, or can be again. */
  hold(runs: Iterable<AcquisitionId>): void
  release(runs: Iterable<AcquisitionId>): void
  /** Tries again what met a fault that may have passed, each time after a longer pause. */
  retry(): void
  /** Forgets runs; what of them has begun is finished. */
  drop(runs: Iterable<AcquisitionId>): void
  /** Drops what has not begun and takes everything up by the recipe that is in use now. */
  restart(): void
  open(): readonly OpenWork[]
  /** Drops what has not begun; resolves when what has begun is committed. */
  stop(): Promise<void>
}

interface Task {
  readonly run: RunWork
  readonly field: FieldRow
  readonly count: WorkCount
}

export function createWorkList(
  workstation: Workstation,
  tell: (news: WorkNews) => void,
  onMistake: (cause: unknown) => void,
): WorkList {
  const { store, pool } = workstation
  const runs = new Map<AcquisitionId, RunWork>()
  const inHand = createWorkInHand(id => activityIsRecorded(store.db, id))
  const begun = createBegun()
  let generation = new AbortController()
  let stopped = false
  // One more hand than there are workers, so that none waits while a result is committed.
  const judging = createLane(pool.size + 1, tracked(judgeField), onMistake)
  const analysing = createLane(pool.size + 1, tracked(analyseField), onMistake)

  /** The recorder of this moment: one field is worked by one recipe. */
  function bench(): Workbench {
    return { store, pool, recorder: workstation.recorder }
  }

  function tracked(work: (task: Task) => Promise<void>): (task: Task) => Promise<void> {
    return task =>
      begun.note(
        work(task).finally(() => {
          task.count.done += 1
          sumUpWhenDone(task.run)
        }),
      )
  }

  function enlist(
    run: RunWork,
    kind: WorkKind,
    fields: Iterable<FieldRow>,
    where: 'first' | 'last',
  ): void {
    if (stopped) return
    const some = [...fields]
    // A sum that was made before did not know of these objects.
    if (kind === 'analysing' && some.length > 0) run.summedUp = false
    const count = countWork(run, kind, some.length)
    const tasks = some.map(field => ({ run, field, count }))
    if (kind === 'analysing') analysing.add(tasks, where)
    else if (where === 'first') judging.add(tasks, where)
    else void begun.note(takeUp(run, tasks).catch(onMistake))
  }

  /** Takes up what earlier work says of fields, and has the rest judged. */
  async function takeUp(run: RunWork, tasks: readonly Task[]): Promise<void> {
    const { signal } = generation
    const fields = tasks.map(({ field }) => field)
    const options = { qualityOnly: false, isInHand: (id: RecordId) => inHand.has(id) }
    let from = 0
    for await (const taken of takeUpFields(bench(), run.row, fields, options)) {
      if (!taken.ok) return halt(taken.fault)
      for (const done of taken.value.done) {
        inHand.end([...done.planes, done.analysis ?? []].flat())
        tell({ kind: 'field', done })
      }
      if (stopped || signal.aborted) return
      const to = from + taken.value.fields.length
      judging.add(tasks.slice(from, to), 'last')
      from = to
    }
  }

  async function judgeField({ run, field }: Task): Promise<void> {
    if (isIdle(run, field)) return
    const here = bench()
    const work = workOnField(here, run.row, field)
    inHand.keep(field.id, () => idsOf(work))
    const open = work.planes.filter(({ id, judged }) => !judged && inHand.isFree(id))
    const files = Map.groupBy(open, ({ plane }) => plane.path)
    const judged = [...files.values()].map(planes =>
      perform(run, here, planes, signal => doField(here, work, planes, [], signal)),
    )
    await Promise.all(judged)
    if (stopped) return
    readyToAnalyse(run, files.size === 0 ? work : workOnField(bench(), run.row, field))
  }

  /** Goes on to the objects of a field whose planes are judged, if all of them have come. */
  function readyToAnalyse(run: RunWork, work: FieldWork): void {
    const { field, planes } = work
    if (!isJudged(work)) return
    const complete = run.calm || (run.promised !== null && planes.length >= run.promised)
    if (!complete) {
      run.incomplete.set(field.id, field)
      return
    }
    run.incomplete.delete(field.id)
    if (analysisOf(work) !== null) enlist(run, 'analysing', [field], 'last')
  }

  /** What met a passing fault is as good as judged until it is tried again. */
  function isJudged({ planes }: FieldWork): boolean {
    return planes.every(({ id, judged }) => judged || inHand.isResting(id))
  }

  /** What is wanted of a field now. */
  function idsOf(work: FieldWork): readonly RecordId[] {
    const planes = work.planes.map(({ id }) => id)
    const candidates = candidatesOf(work, [])
    return candidates.length === 0 ? planes : [...planes, idOfAnalysis(bench(), work, candidates)]
  }

  /** The analysis that a field lacks; null where it has it, or where there is nothing to analyse. */
  function analysisOf(work: FieldWork) {
    const candidates = candidatesOf(work, [])
    if (candidates.length === 0) return null
    const id = idOfAnalysis(bench(), work, candidates)
    return inHand.isFree(id) && !activityIsRecorded(store.db, id) ? { id, candidates } : null
  }

  async function analyseField({ run, field }: Task): Promise<void> {
    if (isIdle(run, field)) return
    const here = bench()
    const work = workOnField(here, run.row, field)
    const analysis = isJudged(work) ? analysisOf(work) : null
    if (analysis === null) return
    await perform(run, here, [analysis], signal =>
      doField(here, work, [], analysis.candidates, signal),
    )
  }

  /** Does something under its identities, and tells what came of it. */
  async function perform(
    run: RunWork,
    here: Workbench,
    parts: readonly { readonly id: RecordId }[],
    work: (signal: AbortSignal) => Promise<FieldDone>,
  ): Promise<void> {
    const { signal } = generation
    const putDown = inHand.begin(parts)
    try {
      const done = await work(signal)
      // Of a file that cannot be seen because its folder is away nothing is recorded: it is tried again.
      const doubted = await isDoubtful(done, run.isAway)
      const kept = doubted ? null : keepField(here, done)
      if (kept?.ok === false) return halt(kept.fault)
      inHand.settle(parts, run.row.id, done.field)
      if (!doubted) tell({ kind: 'field', done })
    } catch (cause) {
      // Dropped before it began: whoever aborted takes it up again.
      if (!signal.aborted || cause !== signal.reason) throw cause
    } finally {
      putDown()
    }
  }

  function isIdle(run: RunWork, field: FieldRow): boolean {
    if (run.held) run.deferred.set(field.id, field)
    return stopped || generation.signal.aborted || run.held
  }

  function halt(fault: Fault): void {
    if (generation.signal.aborted) return
    dropWaiting()
    tell({ kind: 'halted', fault })
  }

  function dropWaiting(): void {
    generation.abort()
    judging.clear()
    analysing.clear()
    for (const run of runs.values()) run.counts = noCounts()
  }

  function sumUpWhenDone(run: RunWork): void {
    const { calm, summedUp, held } = run
    if (isBusy(run) || !calm || summedUp || held || stopped || generation.signal.aborted) return
    run.summedUp = true
    void begun.note(sumUp(run).catch(onMistake))
  }

  async function sumUp(run: RunWork): Promise<void> {
    const summed = await aggregateAcquisition(bench(), run.row)
    if (stopped) return
    if (!summed.ok) return halt(summed.fault)
    const seconds = (performance.now() - run.since) / 1000
    tell({ kind: 'plate', run: run.row, report: reportPlate(workstation, run.row, seconds) })
  }

  function known(ids: Iterable<AcquisitionId>): readonly RunWork[] {
    return [...ids].flatMap(id => runs.get(id) ?? [])
  }

  return {
    take(arrived, where) {
      const { run: row, fields, promised, isAway } = arrived
      const run = runs.get(row.id) ?? newRunWork(arrived)
      runs.set(row.id, run)
      if (run.summedUp) run.since = performance.now()
      Object.assign(run, { row, promised, isAway, calm: false, summedUp: false })
      enlist(run, 'judging', fields, where)
    },

    calm(ids) {
      for (const run of known(ids)) {
        run.calm = true
        enlist(run, 'analysing', emptied(run.incomplete), 'last')
        sumUpWhenDone(run)
      }
    },

    hold(ids) {
      for (const run of known(ids)) run.held = true
    },

    release(ids) {
      for (const run of known(ids)) {
        run.held = false
        for (const field of inHand.endOf(run.row.id)) run.deferred.set(field.id, field)
        enlist(run, 'judging', emptied(run.deferred), 'last')
      }
    },

    retry() {
      for (const { acquisitionId, field } of inHand.over()) {
        const run = runs.get(acquisitionId)
        if (run !== undefined && !run.held) enlist(run, 'judging', [field], 'last')
      }
    },

    drop(ids) {
      for (const run of known(ids)) {
        runs.delete(run.row.id)
        run.held = true
      }
    },

    restart() {
      dropWaiting()
      generation = new AbortController()
      for (const run of runs.values()) {
        run.summedUp = false
        run.since = performance.now()
        run.incomplete.clear()
        workstation.noteRecipe(run.row)
        enlist(run, 'judging', fieldsOf(store.db, run.row.id), 'last')
      }
    },

    open: () => [...runs.values()].flatMap(openWorkOf),

    async stop() {
      stopped = true
      dropWaiting()
      await begun.settled()
    },
  }
}
