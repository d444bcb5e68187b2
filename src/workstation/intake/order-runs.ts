import type { Acquisition } from './acquisition.ts'

/**
 * The runs of a folder by folder and plate; those of one plate as they were imaged, for of two planes at one place that
 * of the later run counts. A run of which nothing says when it was imaged stays where its folder puts it.
 */
export function orderRuns(acquisitions: readonly Acquisition[]): readonly Acquisition[] {
  const ordered = acquisitions.toSorted(byFolderAndPlate)
  const places = Map.groupBy(
    ordered.flatMap((run, place) => {
      const at = imagedAt(run)
      return at === null ? [] : [{ run, place, at }]
    }),
    ({ run: { plate, uniqueId } }) => JSON.stringify([plate, uniqueId]),
  )
  for (const runs of places.values()) {
    const byTime = runs.toSorted((a, b) => a.at - b.at)
    for (const [i, { place }] of runs.entries()) ordered[place] = byTime[i]!.run
  }
  return ordered
}

/** When a run began, milliseconds since 1970; null where nothing says it. Times without an offset are taken as local. */
function imagedAt({ facts, planes }: Acquisition): number | null {
  const startedAt = instant(facts?.startedAt)
  if (startedAt !== null) return startedAt
  let earliest: number | null = null
  for (const plane of planes) {
    const at = instant(plane.facts?.takenAt)
    if (at !== null && (earliest === null || at < earliest)) earliest = at
  }
  return earliest
}

function instant(text: string | null | undefined): number | null {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? null : at
}

function byFolderAndPlate(a: Acquisition, b: Acquisition): number {
  if (a.folder !== b.folder) return a.folder < b.folder ? -1 : 1
  return a.plate < b.plate ? -1 : 1
}
