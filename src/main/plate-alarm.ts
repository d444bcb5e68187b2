import type { PlateSummary } from '#contract/plates.ts'

/** A plate begins to fail when this many of its planes do, and this part of those that were judged. */
const ALARM = { planes: 5, fraction: 0.1 } as const

/** Whether enough of a plate fails to call somebody to the microscope. */
export function isFailing({ states }: Pick<PlateSummary, 'states'>): boolean {
  const failing = states.fail + states.unreadable
  const judged = failing + states.pass + states['cannot-judge']
  return failing >= ALARM.planes && failing >= ALARM.fraction * judged
}

/** What the notification says. */
export function alarmText({ name, states }: Pick<PlateSummary, 'name' | 'states'>): {
  readonly title: string
  readonly body: string
} {
  const failing = states.fail + states.unreadable
  const judged = failing + states.pass + states['cannot-judge']
  return {
    title: `${name} begins to fail`,
    body: `${failing} of the ${judged} planes judged so far fail or cannot be read. Look at it while the plate is on the stage.`,
  }
}

/** Decides for each news of a plate whether to call: once a plate, and never for what failed before Parfocal opened. */
export function createPlateAlarm(
  plates: readonly PlateSummary[],
): (plate: PlateSummary) => boolean {
  const called = new Set(plates.filter(isFailing).map(({ plateId }) => plateId))
  return plate => {
    if (called.has(plate.plateId) || !isFailing(plate)) return false
    called.add(plate.plateId)
    return true
  }
}
