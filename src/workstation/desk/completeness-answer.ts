import { MOST_PLANES_LISTED, type PlateCompleteness } from '#contract/completeness.ts'
import type { PlateId } from '#core/brand.ts'
import type { ReadableDb } from '../store/db.ts'
import { supersedingRuns } from '../store/standing.ts'
import type { CompletenessReader, RunStanding } from '../plate-completeness.ts'

/** What of a plate is here, awaited, late and missing, as the window is told. */
export function completenessAnswer(
  db: ReadableDb,
  reader: CompletenessReader,
  plateId: PlateId,
): PlateCompleteness {
  const { runs, holes } = reader.read(plateId, MOST_PLANES_LISTED)
  const promised = runs.some(({ promise }) => promise === 'planes')
  const takenBy = supersedingRuns(db, plateId)
  const ends = runs.flatMap(({ endsAt }) => endsAt ?? [])
  const came = runs.flatMap(({ lastAt }) => lastAt ?? [])
  return {
    going: goingOf(runs),
    lastAt: came.length === 0 ? null : momentOf(Math.max(...came)),
    endsAt: ends.length === 0 ? null : momentOf(Math.min(...ends)),
    counts: promised ? { ...holes.counts } : null,
    tooMany: runs.some(({ promise }) => promise === 'too-many'),
    wells: holes.wells.map(well => ({ ...well })),
    absentChannels: holes.absentChannels.map(channel => ({ ...channel })),
    absentWells: [...holes.absentWells],
    planes: holes.planes.map(plane => ({ ...plane })),
    runs: runs.map(({ acquisitionId, going, lastAt, planes, promise, counts }, number) => ({
      acquisitionId,
      going,
      lastAt: lastAt === null ? null : momentOf(lastAt),
      planes,
      counts: promise === 'planes' ? { ...counts } : null,
      supersededBy: takenBy.filter(({ run }) => run === number).map(({ by }) => by),
    })),
  }
}

function goingOf(runs: readonly RunStanding[]): PlateCompleteness['going'] {
  if (runs.some(({ going }) => going === 'on')) return 'on'
  return runs.every(({ going }) => going === 'unbegun') ? 'unbegun' : 'ended'
}

function momentOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
