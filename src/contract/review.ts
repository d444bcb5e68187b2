import { z } from 'zod'
import { call } from './define.ts'
import { Decision, DecisionWord } from './decision.ts'
import { Doubt } from './fields.ts'
import { FieldIdNumber, PlaneIdNumber, PlateIdNumber } from './ids.ts'
import { PlaneState } from './plates.ts'

/** A plane that somebody should look at. */
export const ReviewItem = z.object({
  planeId: PlaneIdNumber,
  fieldId: FieldIdNumber,
  plateId: PlateIdNumber,
  plate: z.string(),
  well: z.string().nullable(),
  site: z.int().nullable(),
  channel: z.string(),
  z: z.int(),
  t: z.int(),
  state: PlaneState,
  reasons: z.array(z.string()),
  /** Why networks leave its field to a person; on the plane in which they looked for objects. */
  doubts: z.array(Doubt),
  message: z.string().nullable(),
  /** How far beyond its limit the worst reason is; larger is worse. */
  severity: z.number(),
  decision: Decision.nullable(),
  version: z.string(),
})
export type ReviewItem = z.infer<typeof ReviewItem>

/** Something to image again while the plate is on the stage. */
export const Reacquisition = z.object({
  well: z.string().nullable(),
  site: z.int().nullable(),
  z: z.int(),
  t: z.int(),
  channels: z.array(z.string()),
  reasons: z.array(z.string()),
  /** Why it is on the list: somebody said so, the machine did and nobody has looked, it is unreadable, or it never came. */
  because: z.enum(['decided', 'flagged', 'unreadable', 'missing']),
  /** Who decided, where somebody did. */
  by: z.string().nullable(),
  note: z.string(),
  /** `open`, or how the newer image stands. */
  state: z.enum(['open', 'waiting', 'pass', 'fail', 'cannot-judge', 'unreadable']),
})
export type Reacquisition = z.infer<typeof Reacquisition>

export const reviewCalls = {
  /** Planes that count and are flagged, then those whose fields networks doubt, worst first; with `decided` also those somebody has decided about. */
  'review.queue': call(
    z.object({ plateId: PlateIdNumber.nullable(), decided: z.boolean().default(false) }),
    z.array(ReviewItem),
    ['plate-not-found'],
  ),
  /** Appends a decision about each plane, all or none. */
  'review.decide': call(
    z.object({
      planeIds: z.array(PlaneIdNumber).min(1).max(1000),
      word: DecisionWord,
      note: z.string().trim().max(500),
    }),
    z.array(z.object({ planeId: PlaneIdNumber, decision: Decision })),
    ['plane-not-found', 'disk-full', 'store-not-writable'],
  ),
  /** Takes decisions back by appending that they are; the history keeps both. */
  'review.withdraw': call(
    z.object({ decisionIds: z.array(z.int().nonnegative()).min(1).max(1000) }),
    z.null(),
    ['decision-not-found', 'disk-full', 'store-not-writable'],
  ),
  /** All that was ever decided about a plane, oldest first. */
  'review.history': call(z.object({ planeId: PlaneIdNumber }), z.array(Decision), [
    'plane-not-found',
  ]),
  'review.reacquire': call(z.object({ plateId: PlateIdNumber }), z.array(Reacquisition), [
    'plate-not-found',
  ]),
} as const
