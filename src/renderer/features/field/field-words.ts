import type { FieldRow, PlaneRow } from '#contract/plates.ts'
import { reasonText } from '#core/quality/rule-text.ts'
import { STATE_WORDS, STATES_WORST_FIRST } from '../../lib/state-words.ts'
import type { ShownChannel, Focus } from './planes-shown.ts'

/** Where a field is on its plate: `B03 · site 2`; a loose image goes by its name. */
export function fieldName({ well, site, name }: Pick<FieldRow, 'well' | 'site' | 'name'>): string {
  if (well === null) return name
  return site === null ? well : `${well} · site ${site}`
}

/** The worst that was said of a field's planes that count. */
export function worstState(field: FieldRow): PlaneRow['state'] {
  const states = field.planes.filter(({ supersededBy }) => supersededBy === null)
  return STATES_WORST_FIRST.find(state => states.some(plane => plane.state === state)) ?? 'waiting'
}

export function focusText(focus: Focus): string {
  switch (focus.kind) {
    case 'plane':
      return `z ${focus.z}`
    case 'projection':
      return 'projection'
    case 'maximum':
      return 'brightest of the stack'
  }
}

/** What the canvas shows, for who cannot see it. */
export function pictureText(
  field: FieldRow,
  shown: readonly ShownChannel[],
  hidden: ReadonlySet<string>,
  objects: number | null,
): string {
  const channels = shown
    .filter(({ channel }) => !hidden.has(channel))
    .map(({ channel, planes }) => {
      const [plane] = planes
      const reasons = plane!.reasons.map(reasonText).join(', ')
      const verdict = STATE_WORDS[plane!.state]
      return `${channel} ${verdict}${reasons === '' ? '' : ` (${reasons})`}`
    })
  const counted = objects === null ? '' : ` ${objects} objects.`
  return `Image of ${fieldName(field)}: ${channels.join('; ') || 'no channel is shown'}.${counted} Arrow keys move it; the table of objects says the same in figures.`
}
