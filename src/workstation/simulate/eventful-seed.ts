import { wellName } from '#core/plate/well.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import type { Defect } from '#core/simulate/defects.ts'
import { planPlate, type PlannedField, type PlateOrder } from '#core/simulate/plan-plate.ts'

export interface EventfulPlate {
  readonly seed: number
  /** A well that is worth imaging again. */
  readonly again: string
}

/** What somebody who watches should see soon. */
const WANTED: readonly Defect[] = ['defocus', 'bubble', 'empty', 'truncated']
/** In so many wells. */
const SOON = 12
/** One of these fails a field early, and is gone when it is imaged again. */
const WORTH_ANOTHER: readonly Defect[] = ['defocus', 'bubble']
const EARLY = 4
const MOST_TRIES = 20_000

/** The next seed with which much goes wrong early on the plate, as it does on a bad day. */
export function eventfulSeed(
  order: Omit<PlateOrder, 'channels'> & { readonly channels: number },
): EventfulPlate {
  const channels = CHANNELS.slice(0, order.channels)
  for (let seed = order.seed; seed < order.seed + MOST_TRIES; seed += 1) {
    const fields = planPlate({ ...order, channels, seed })
    const seen = new Set(fields.slice(0, SOON * order.fields).flatMap(defectsOf))
    const failed = fields
      .slice(order.fields, EARLY * order.fields)
      .find(field => defectsOf(field).some(defect => WORTH_ANOTHER.includes(defect)))
    if (failed !== undefined && WANTED.every(defect => seen.has(defect))) {
      return { seed, again: wellName(failed.well) }
    }
  }
  return { seed: order.seed, again: 'A01' }
}

function defectsOf({ planes }: PlannedField): readonly Defect[] {
  return planes.flatMap(({ defects }) => defects)
}
