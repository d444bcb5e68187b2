import { z } from 'zod'
import { ChannelRole } from '../prepare/channel-roles.ts'
import { Baseline } from './baseline.ts'
import { measureQuality, METRIC_NAMES } from './metrics.ts'

const Metric = z.enum(METRIC_NAMES)
/** A reason that people, tables and file names can carry. */
const Reason = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')

/** What must be there before a rule can judge: a field without cells is not out of focus. */
const Need = z.strictObject({
  metric: Metric,
  atLeast: z.number(),
  /** The reason to give when it is not there. */
  otherwise: Reason,
})

/** One way in which a plane can fail. */
export const QualityRule = z.strictObject({
  metric: Metric,
  /** Which channels it is for. */
  roles: z.array(ChannelRole).min(1).default(['nucleus', 'cell']),
  /** Of the metric itself, or of its distance from the channel's baseline in robust standard deviations. */
  of: z.enum(['value', 'deviation']).default('value'),
  fails: z.enum(['below', 'above']),
  limit: z.number(),
  reason: Reason,
  /** In order: the first that is not met says why this rule cannot judge. */
  needs: z.array(Need).default([]),
  /** Why the rule cannot judge when a metric was not measured or the baseline is missing; null lets the plane pass it. */
  otherwise: Reason.nullable().default(null),
})
export type QualityRule = z.infer<typeof QualityRule>

const SIGNAL = { metric: 'StdIntensity', atLeast: 1e-9, otherwise: 'blank' } as const
/** Two or three nuclei in a field of five million pixels. */
const OBJECTS = {
  metric: 'foreground_fraction',
  atLeast: 0.0005,
  otherwise: 'empty-field',
} as const
const EDGES = { metric: 'edge_fraction', atLeast: 0.0005, otherwise: 'empty-field' } as const
/** Edges wider than this, 3.7 pixels of standard deviation, are out of focus at any magnification. */
const SHARP = 0.07

/**
 * Rules for nuclei in fluorescence, for any instrument and without a baseline.
 *
 * The limits lie between what sharp and spoilt planes of public plates and of the simulated microscope gave.
 * Sharp: edges of 0.09 to 0.5, anisotropy to 0.2, blurred shares to 0.06. Out of focus by 7 µm at a numerical
 * aperture of 0.75: edges of 0.07; by 20 µm: 0.01. Motion over ten pixels: anisotropy of 0.7. Bubbles: blurred
 * shares of 0.08 to 0.3. Vignettes that leave a quarter of the light: an unevenness of 0.7 to 1.
 */
const FLUORESCENCE_RULES: z.input<typeof QualityRule>[] = [
  {
    metric: 'edge_sharpness',
    fails: 'below',
    limit: SHARP,
    reason: 'out-of-focus',
    needs: [SIGNAL, OBJECTS, EDGES],
    otherwise: 'no-clear-edges',
  },
  {
    metric: 'edge_blurred_share',
    // Cytoplasm has soft edges of its own: sharp planes give up to 0.3.
    roles: ['nucleus'],
    fails: 'above',
    limit: 0.1,
    reason: 'partly-out-of-focus',
    needs: [{ metric: 'edge_sharpness', atLeast: SHARP, otherwise: 'out-of-focus' }],
  },
  { metric: 'edge_anisotropy', fails: 'above', limit: 0.4, reason: 'moved' },
  { metric: 'saturated_fraction', fails: 'above', limit: 0.002, reason: 'saturated' },
  { metric: 'illumination_unevenness', fails: 'above', limit: 0.7, reason: 'uneven-illumination' },
  {
    metric: 'edge_sharpness',
    of: 'deviation',
    fails: 'below',
    limit: -6,
    reason: 'less-sharp-than-baseline',
  },
  {
    metric: 'background_level',
    of: 'deviation',
    fails: 'below',
    limit: -8,
    reason: 'darker-than-baseline',
  },
  {
    metric: 'background_level',
    of: 'deviation',
    fails: 'above',
    limit: 8,
    reason: 'brighter-than-baseline',
  },
]

/** What a recipe says about quality. */
export const QualitySettings = z.strictObject({
  metrics: z
    .strictObject({
      edgeSignificance: z.number().positive().default(measureQuality.defaults.edgeSignificance),
      foregroundSignificance: z
        .number()
        .positive()
        .default(measureQuality.defaults.foregroundSignificance),
    })
    .prefault({}),
  rules: z.array(QualityRule).prefault(FLUORESCENCE_RULES),
  /** By the channel's name. */
  baselines: z.record(z.string(), Baseline).default({}),
})
export type QualitySettings = z.infer<typeof QualitySettings>

export const defaultQuality: QualitySettings = QualitySettings.parse({})
