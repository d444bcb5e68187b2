import { flatText } from '../flat-text.ts'
import { mapAtMost } from '../map-at-most.ts'
import { isDue } from './growing-indexes.ts'
import { hasImageName } from './name-pattern.ts'
import {
  firstSight,
  judge,
  observe,
  sameVersion,
  type SettlePolicy,
  type Settling,
} from './settle.ts'
import type { SurveyedFile, Unseen } from './survey-folder.ts'
import { versionText, type WatchState } from './watch-state.ts'
import type { SettledFile } from './watched-folder.ts'

export interface Poll {
  /** In the order of their paths; markers are not among them. */
  readonly settled: readonly SettledFile[]
  /** Whether a file that waited is gone. */
  readonly lost: boolean
}

const FILES_AT_ONCE = 32

/**
 * Looks at every file that waits, and into those that have gone quiet.
 *
 * A version counts as unchanged from after the look that saw it first to before the one that saw it last.
 */
export async function pollWaiting(watch: WatchState): Promise<Poll> {
  const { waiting, folder } = watch
  const began = folder.clock.now()
  const asked = [...waiting].filter(
    ([, { wholeness, retryAt }]) => wholeness !== 'unreachable' || began >= retryAt,
  )
  if (asked.length === 0) return { settled: [], lost: false }
  const sights = await mapAtMost(FILES_AT_ONCE, asked, ([path]) => folder.look(path))
  const ended = folder.clock.now()
  const policy = folder.pace().settle
  let lost = false
  const quiet: { readonly settling: Settling; readonly file: SurveyedFile }[] = []
  asked.forEach(([path, before], place) => {
    const sight = sights[place]!
    const settling = see(before, sight, began, ended, policyFor(watch, path, policy))
    lost = keep(watch, path, settling) || lost
    if (typeof sight !== 'string' && isQuiet(watch, path, settling, began)) {
      quiet.push({ settling, file: sight })
    }
  })
  const judged = await mapAtMost(FILES_AT_ONCE, quiet, async one => {
    const wholeness = await folder.isWhole(one.file)
    return { ...one, wholeness, after: await folder.look(one.file.path) }
  })
  const now = folder.clock.now()
  const settled: SettledFile[] = []
  for (const { settling, file, wholeness, after } of judged) {
    const { path } = file
    const verdict = judge(settling, wholeness, now, policy)
    const grows = folder.grows(path)
    const changed = typeof after === 'string' || !sameVersion(after, verdict.version)
    const accepted = grows ? wholeness === 'whole' : !changed && verdict.status === 'settled'
    if (!accepted) {
      lost = keep(watch, path, changed ? see(verdict, after, now, now, policy) : verdict) || lost
      continue
    }
    waiting.delete(path)
    watch.handled.set(path, flatText(versionText(file)))
    if (grows) watch.growing.set(path, { waitsSince: now, handedOnAt: now })
    if (watch.markers.isMarker(path)) watch.markers.settle(path)
    else settled.push({ ...file, whole: grows || wholeness === 'whole' })
  }
  return { settled: settled.sort((a, b) => (a.path < b.path ? -1 : 1)), lost }
}

/** What one more sight of a waiting file makes of it. */
function see(
  before: Settling,
  sight: SurveyedFile | Unseen,
  began: number,
  ended: number,
  policy: SettlePolicy,
): Settling {
  if (sight === 'unreachable') return judge(before, 'unreachable', ended, policy)
  if (sight === 'gone') return observe(before, null, began, policy)
  if (!sameVersion(before.version, sight)) return firstSight(sight, ended)
  return observe(before, sight, began, policy)
}

/** Keeps how far a file is; says whether it is gone. */
function keep({ waiting, growing }: WatchState, path: string, settling: Settling): boolean {
  if (settling.status !== 'gone') {
    waiting.set(path, settling)
    return false
  }
  waiting.delete(path)
  growing.delete(path)
  return true
}

/** A marker says what else only time would. */
function policyFor(
  { folder, markers }: WatchState,
  path: string,
  usual: SettlePolicy,
): SettlePolicy {
  const marked = folder.doneMarker !== null && hasImageName({ path }) && !markers.isAwaited(path)
  return marked ? { ...usual, polls: 1, quietMs: 0 } : usual
}

function isQuiet(watch: WatchState, path: string, settling: Settling, now: number): boolean {
  const { folder, markers, growing } = watch
  if (!folder.grows(path)) return settling.status === 'quiet' && !markers.isAwaited(path)
  const index = growing.get(path) ?? { waitsSince: settling.since, handedOnAt: null }
  return now >= settling.retryAt && isDue(index, settling.polls > 1, now)
}
