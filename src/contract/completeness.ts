import { z } from 'zod'
import { AcquisitionIdNumber } from './ids.ts'

const count = z.int().nonnegative()
const moment = z.iso.datetime()

/** Late and missing planes are listed up to here, and counted beyond. */
export const MOST_PLANES_LISTED = 500

/**
 * Promised planes by how they stand: here; their turn has not come; the instrument has gone on without them; the run has
 * ended without them.
 */
export const ArrivalCounts = z.object({ here: count, awaited: count, late: count, missing: count })
export type ArrivalCounts = z.infer<typeof ArrivalCounts>

export const RunGoing = z.enum(['unbegun', 'on', 'ended'])
export type RunGoing = z.infer<typeof RunGoing>

/** What of a plate is here, to be awaited, late or missing, as its indexes promise it. */
export const PlateCompleteness = z.object({
  /** Of its runs the one that is furthest from its end. */
  going: RunGoing,
  /** When the last plane came; null before the first. */
  lastAt: moment.nullable(),
  /** When a run counts as ended if nothing comes any more: then this is to be asked again. Null where none goes on. */
  endsAt: moment.nullable(),
  /** Null where no index promises anything; a plane that several runs promise is one, here when any brought it. */
  counts: ArrivalCounts.nullable(),
  /** True where an index promises more planes than are told one from another. */
  tooMany: z.boolean(),
  /** Wells of which planes are late or missing. */
  wells: z.array(z.object({ well: z.string(), late: count, missing: count })),
  /** Channels of which nothing came while others did. */
  absentChannels: z.array(
    z.object({ channel: z.string(), planes: count, state: z.enum(['awaited', 'late', 'missing']) }),
  ),
  /** Wells of which nothing came before the end. */
  absentWells: z.array(z.string()),
  /** The first late and missing planes of other wells and channels. */
  planes: z
    .array(
      z.object({
        well: z.string(),
        site: z.int(),
        channel: z.string(),
        z: z.int(),
        t: z.int(),
        projection: z.boolean(),
        state: z.enum(['late', 'missing']),
      }),
    )
    .max(MOST_PLANES_LISTED),
  /** Run by run, what it was to bring itself. */
  runs: z.array(
    z.object({
      acquisitionId: AcquisitionIdNumber,
      going: RunGoing,
      lastAt: moment.nullable(),
      /** Planes that came, promised or not. */
      planes: count,
      counts: ArrivalCounts.nullable(),
      /** The runs that took the place of planes of this one, by their numbers. */
      supersededBy: z.array(count),
    }),
  ),
})
export type PlateCompleteness = z.infer<typeof PlateCompleteness>
