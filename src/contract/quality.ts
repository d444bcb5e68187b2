import { z } from 'zod'
import { ChannelRule } from '#core/prepare/channel-roles.ts'
import { METRIC_NAMES } from '#core/quality/metrics.ts'
import { QualitySettings } from '#core/quality/rules.ts'
import { call } from './define.ts'
import { FieldIdNumber, PlaneIdNumber, PlateIdNumber, RecipeHashText } from './ids.ts'
import { PlaneState, StateCounts } from './plates.ts'

/** Planes in the order in which they were judged, as columns of one length. */
export const JudgedPlanes = z.object({
  /** Hand it back as `after` to get what was judged since. */
  cursor: z.int().nonnegative(),
  /** There is more after the cursor already: a reply carries some thousands at most. */
  more: z.boolean(),
  planeId: z.array(PlaneIdNumber),
  /** Names the version of its file in pixel URLs. */
  version: z.array(z.string()),
  fieldId: z.array(FieldIdNumber),
  /** Which plane it is, whatever imaging run: of two with one place the later counts. */
  place: z.array(z.string()),
  well: z.array(z.string().nullable()),
  site: z.array(z.int().nullable()),
  channel: z.array(z.string()),
  z: z.array(z.int()),
  state: z.array(PlaneState),
  /** Joined by commas; empty for a pass. */
  reasons: z.array(z.string()),
  /** Milliseconds since 1970. */
  judgedAt: z.array(z.number()),
  /** By name, each as long as the others; null where a metric cannot be measured. */
  metrics: z.record(z.string(), z.array(z.number().nullable())),
})
export type JudgedPlanes = z.infer<typeof JudgedPlanes>

export const RecipeVersion = z.object({
  hash: RecipeHashText,
  name: z.string(),
  status: z.enum(['draft', 'locked']),
  /** When it was first kept, UTC; null for one that is only shipped. */
  keptAt: z.iso.datetime().nullable(),
  /** What somebody gave as reason then; null where the trail has none. */
  reason: z.string().nullable(),
  inUse: z.boolean(),
})
export type RecipeVersion = z.infer<typeof RecipeVersion>

/** What other rules would make of a plate. */
export const Preview = z.object({
  before: StateCounts,
  after: StateCounts,
  /** How many planes would be judged otherwise, and the first of them. */
  changed: z.int().nonnegative(),
  changes: z
    .array(
      z.object({
        planeId: PlaneIdNumber,
        version: z.string(),
        fieldId: FieldIdNumber,
        well: z.string().nullable(),
        site: z.int().nullable(),
        channel: z.string(),
        from: PlaneState,
        to: PlaneState,
        reasons: z.array(z.string()),
      }),
    )
    .max(500),
})
export type Preview = z.infer<typeof Preview>

export const qualityCalls = {
  /** What was judged on a plate after a cursor (0 is the beginning), with the metrics that are asked for. */
  'quality.planes': call(
    z.object({
      plateId: PlateIdNumber,
      after: z.int().nonnegative().default(0),
      metrics: z.array(z.enum(METRIC_NAMES)),
    }),
    JudgedPlanes,
    ['plate-not-found'],
  ),
  /** The rules of the recipe in use. */
  'quality.rules': call(
    z.void(),
    z.object({
      recipe: RecipeVersion,
      quality: QualitySettings,
      /** How it tells what a channel shows. */
      channels: z.array(ChannelRule),
    }),
    [],
  ),
  'quality.preview': call(z.object({ plateId: PlateIdNumber, quality: QualitySettings }), Preview, [
    'plate-not-found',
  ]),
  /** Baselines by channel, learnt from the planes of a plate that pass or were accepted. */
  'quality.learn': call(
    z.object({ plateId: PlateIdNumber }),
    z.object({ baselines: QualitySettings.shape.baselines }),
    ['plate-not-found'],
  ),
  'recipes.list': call(z.void(), z.array(RecipeVersion), []),
  /** Keeps the recipe in use with other rules as a new version, and works by it from now on. */
  'recipes.succeed': call(
    z.object({ quality: QualitySettings, reason: z.string().trim().min(1).max(500) }),
    RecipeVersion,
    ['disk-full', 'store-not-writable'],
  ),
  /** Works by another version that was kept before. */
  'recipes.use': call(
    z.object({ hash: RecipeHashText, reason: z.string().trim().min(1).max(500) }),
    RecipeVersion,
    ['recipe-not-found', 'disk-full', 'store-not-writable'],
  ),
} as const
