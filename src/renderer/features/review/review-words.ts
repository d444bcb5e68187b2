import type { Decision } from '#contract/decision.ts'
import type { ReviewItem } from '#contract/review.ts'
import type { PlaneId } from '#core/brand.ts'
import { metricText, numberText, reasonText } from '#core/quality/rule-text.ts'
import { doubtWords, isDoubtKind } from '#core/review/doubt.ts'
import type { Finding } from '#core/review/findings.ts'
import { countText } from '../../lib/count-text.ts'
import { DECISION_WORDS } from '../../lib/decision-words.ts'
import { STATE_WORDS } from '../../lib/state-words.ts'
import type { Deed } from './open-review.ts'

type Placed = Pick<ReviewItem, 'well' | 'site' | 'channel' | 'z' | 't'>

/**
 * Where an image was taken: `A03, site 2, DAPI`.
 *
 * @param among leaves out depth and time where they are the same on all of these.
 */
export function placeText(placed: Placed, among: readonly Placed[] = []): string {
  const { well, site, channel, z, t } = placed
  const differs = (axis: 'z' | 't'): boolean =>
    among.length === 0 || among.some(other => other[axis] !== placed[axis])
  return [
    well ?? 'no well',
    ...(site === null ? [] : [`site ${site}`]),
    channel,
    ...(differs('z') ? [`z ${z}`] : []),
    ...(differs('t') ? [`t ${t}`] : []),
  ].join(', ')
}

/** What the machine says in a few words: `out of focus, saturated`; the state where it gives no reason. */
export function reasonsText({
  state,
  reasons,
  doubts,
}: Pick<ReviewItem, 'state' | 'reasons' | 'doubts'>): string {
  if (state === 'unreadable') return STATE_WORDS[state]
  const said = [...reasons.map(reasonText), ...doubts.map(({ kind }) => doubtWords(kind))]
  return said.length === 0 ? STATE_WORDS[state] : said.join(', ')
}

/** Whether only networks want somebody to look: the plane itself passes. */
export function isOnlyDoubted({ state, doubts }: Pick<ReviewItem, 'state' | 'doubts'>): boolean {
  return doubts.length > 0 && (state === 'pass' || state === 'waiting')
}

/** A measurement against its limit: `edge sharpness is 0.031; it fails below 0.07`. */
export function findingText({ metric, of, fails, value, limit }: Finding): string {
  const { name } = metricText(metric)
  if (value === null) return `${name} could not be measured`
  if (of === 'value') return `${name} is ${numberText(value)}; the limit is ${numberText(limit)}`
  const side = value < 0 ? 'below' : 'above'
  const far = Number.isFinite(value)
    ? `${numberText(Math.round(Math.abs(value) * 10) / 10)} robust standard deviations`
    : 'far'
  return `${name} is ${far} ${side} the channel’s baseline; it fails ${fails} ${numberText(limit)}`
}

/** What was done, to be said aloud with how far the review has come. */
export function deedText(
  { planeIds, word }: Deed,
  items: readonly ReviewItem[],
  progress: string,
): string {
  const said = word === null ? 'decision taken back' : DECISION_WORDS[word]
  return `${subjectText(planeIds, items)}: ${said}. ${progress}.`
}

/** Which images something is about: where the one was taken, or how many there are. */
export function subjectText(planeIds: readonly PlaneId[], items: readonly ReviewItem[]): string {
  const only =
    planeIds.length === 1 ? items.find(({ planeId }) => planeId === planeIds[0]) : undefined
  return only === undefined ? countText(planeIds.length, 'image') : placeText(only, items)
}

/** Why Accept cannot be given, or what it leaves out. */
export function leftOutText(leftOut: number, taken: number): string {
  if (taken > 0) return `Accept leaves out ${leftOut} unreadable`
  return leftOut === 1
    ? 'An image that cannot be read cannot be accepted: nobody has seen it'
    : 'Images that cannot be read cannot be accepted: nobody has seen them'
}

export function progressText(decided: number, all: number): string {
  return `${decided} of ${all} decided`
}

/** Who decided what and when, and what the machine had said: a line of a plane's history. */
export function historyText({ word, by, machine }: Decision): string {
  const said = [STATE_WORDS[machine.state as ReviewItem['state']] ?? machine.state]
  if (machine.reasons.length > 0 && machine.state !== 'unreadable') {
    said.push(machine.reasons.map(wordsOf).join(', '))
  }
  return `${by}: ${DECISION_WORDS[word]}. The machine had said: ${said.join(', ')}.`
}

/** A reason of a rule, or one of networks. */
function wordsOf(reason: string): string {
  return isDoubtKind(reason) ? doubtWords(reason) : reasonText(reason)
}
