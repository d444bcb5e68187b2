import type { PlateSummary } from '#contract/plates.ts'

type Flagged = Pick<PlateSummary, 'name' | 'flagged'>

/** What the tray says at a glance: `3 flagged on BR00117`. */
export function trayText(plates: readonly Flagged[]): string {
  const flagged = plates.filter(plate => plate.flagged > 0)
  const [only] = flagged
  if (only === undefined) return 'Nothing flagged'
  if (flagged.length === 1) return plateText(only)
  const total = flagged.reduce((sum, plate) => sum + plate.flagged, 0)
  return `${total} flagged on ${flagged.length} plates`
}

/** One line a plate, those with the most flagged first; as many as a menu can hold. */
export function trayLines(plates: readonly Flagged[], most = 8): readonly string[] {
  return plates
    .filter(plate => plate.flagged > 0)
    .toSorted((a, b) => b.flagged - a.flagged)
    .slice(0, most)
    .map(plateText)
}

function plateText({ name, flagged }: Flagged): string {
  return `${flagged} flagged on ${name}`
}
