import type { PlateId } from '#core/brand.ts'
import type { ArrivalState } from '#core/plate/completeness.ts'
import type { HoleState, MissedPlane, PlateHoles } from '#core/plate/plate-holes.ts'
import type { AcquisitionRow } from './store/plates.ts'
import type { RootNews } from './watch-root.ts'
import type { Workstation } from './workstation.ts'

/** Planes that became late, or that are missing now that their run has ended: told once. */
export interface HoleNews {
  readonly kind: HoleState
  readonly plate: string
  /** Where it was imaged: of several runs, that of the first that came. */
  readonly folder: string
  /** Null for a channel of the whole plate. */
  readonly well: string | null
  /** Null for a whole well. */
  readonly channel: string | null
  readonly planes: number
  /** Further ones of the plate that are not told one by one, this one not among them. */
  readonly more: number
}

/** Promised planes by how they stand; null where no index promises any. */
export type PlaneCounts = Readonly<Record<ArrivalState, number>> | null

/** Follows how complete plates are while they are imaged. */
export interface HoleWatch {
  note(news: RootNews): void
  counts(run: Pick<AcquisitionRow, 'plateId'>): PlaneCounts
}

/** For each plate at once; a log is to be read. */
const MOST_TOLD = 50
/** A plate is looked at no oftener, ms. */
const PAUSE_MS = 5000
const MOST_PLANES = 20_000

interface FollowedPlate {
  readonly name: string
  readonly folder: string
  lookedAt: number
  readonly told: Set<string>
}

export function watchHoles(
  { completeness, now }: Pick<Workstation, 'completeness' | 'now'>,
  tell: (news: HoleNews) => void,
): HoleWatch {
  const plates = new Map<PlateId, FollowedPlate>()

  function look(plateId: PlateId, plate: FollowedPlate): void {
    const at = now().getTime()
    if (at - plate.lookedAt < PAUSE_MS) return
    plate.lookedAt = at
    const { runs, holes } = completeness.read(plateId, MOST_PLANES)
    const fresh = holesByPlace(plate.name, holes).filter(hole => !plate.told.has(keyOf(hole)))
    for (const hole of fresh) plate.told.add(keyOf(hole))
    const last = Math.min(fresh.length, MOST_TOLD) - 1
    for (const [i, hole] of fresh.slice(0, MOST_TOLD).entries()) {
      tell({
        ...hole,
        folder: plate.folder,
        more: i === last ? Math.max(0, fresh.length - MOST_TOLD) : 0,
      })
    }
    if (runs.every(({ going }) => going === 'ended')) plates.delete(plateId)
  }

  return {
    note(news) {
      if (news.kind === 'listed') for (const [plateId, plate] of plates) look(plateId, plate)
      if (news.kind !== 'arrived') return
      for (const { run } of news.runs) {
        const { plateId, plate: name, folder } = run
        // What an earlier session saw the end of was told then.
        const goesOn = news.settled > 0 || isGoing(plateId)
        if (goesOn && !plates.has(plateId)) {
          plates.set(plateId, { name, folder, lookedAt: -Infinity, told: new Set() })
        }
        const plate = plates.get(plateId)
        if (plate !== undefined) look(plateId, plate)
      }
    },

    counts({ plateId }) {
      const { runs, holes } = completeness.read(plateId, 0)
      return runs.some(({ promise }) => promise === 'planes') ? holes.counts : null
    },
  }

  function isGoing(plateId: PlateId): boolean {
    return completeness.read(plateId, 0).runs.some(({ going }) => going === 'on')
  }
}

/** Whole channels, whole wells, then what is left by well and channel. */
function holesByPlace(
  plate: string,
  holes: PlateHoles,
): readonly Omit<HoleNews, 'more' | 'folder'>[] {
  const sizes = new Map(holes.wells.map(({ well, missing }) => [well, missing]))
  const byPlace = Map.groupBy(
    holes.planes,
    ({ well, channel, state }) => `${state} ${well} ${channel}`,
  )
  return [
    ...holes.absentChannels.flatMap(({ channel, planes, state }) =>
      state === 'awaited' ? [] : [{ kind: state, plate, well: null, channel, planes }],
    ),
    ...holes.absentWells.map(well => ({
      ...{ kind: 'missing' as const, plate, well, channel: null },
      planes: sizes.get(well) ?? 0,
    })),
    ...[...byPlace.values()].map((planes: readonly MissedPlane[]) => {
      const { well, channel, state: kind } = planes[0]!
      return { kind, plate, well, channel, planes: planes.length }
    }),
  ]
}

function keyOf({ kind, well, channel }: Omit<HoleNews, 'more' | 'folder'>): string {
  return JSON.stringify([kind, well, channel])
}
