import type { MetricName } from './metrics.ts'
import type { QualityRule } from './rules.ts'

export interface MetricText {
  /** As it stands in running text and beside an axis: `edge sharpness`. */
  readonly name: string
  /** What it says, in a line. */
  readonly meaning: string
}

/** A rule in words: what fails by it, in which channels, and when it cannot judge. */
export function ruleText(rule: QualityRule): string {
  return ruleSentences(rule).join(' ')
}

/** The same sentence by sentence: the first says what fails. */
export function ruleSentences(rule: QualityRule): readonly string[] {
  const sentences = [`Fails as ${reasonText(rule.reason)} when ${conditionText(rule)}.`]
  if (rule.roles.length === 1)
    sentences.push(`Only for channels that show ${ROLES[rule.roles[0]!]}.`)
  for (const { metric, atLeast, otherwise } of rule.needs) {
    sentences.push(
      `Cannot judge (${reasonText(otherwise)}) when ${metricText(metric).name} is below ${numberText(atLeast)}.`,
    )
  }
  if (rule.otherwise !== null) {
    sentences.push(`Cannot judge (${reasonText(rule.otherwise)}) when it could not be measured.`)
  } else if (rule.of === 'deviation') {
    sentences.push('Says nothing about a channel without a baseline.')
  }
  return sentences
}

/** What fails by a rule: `edge sharpness is below 0.07`. */
function conditionText({ metric, of, fails, limit }: QualityRule): string {
  const { name } = metricText(metric)
  if (of === 'value') return `${name} is ${fails} ${numberText(limit)}`
  if (limit === 0) return `${name} is ${fails} the channel’s baseline`
  const side = limit < 0 ? 'below' : 'above'
  const extent = side === fails ? 'more' : 'less'
  return `${name} is ${extent} than ${numberText(Math.abs(limit))} robust standard deviations ${side} the channel’s baseline`
}

/** A reason in a few words for people; one that a recipe made up is read as it is written. */
export function reasonText(reason: string): string {
  return REASONS.get(reason) ?? reason.replaceAll('-', ' ')
}

export function metricText(metric: MetricName): MetricText {
  return METRICS[metric]
}

/** Four digits are as many as a limit has; whole numbers, as pixels and counts are, keep all of theirs up to a million. */
export function numberText(value: number): string {
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e6) return minus(String(value))
  if (size < 0.0001 || size >= 1e6) {
    return minus(
      value
        .toExponential(2)
        .replace(/\.?0+e/, 'e')
        .replace('e+', 'e'),
    )
  }
  return minus(String(Number(value.toPrecision(4))))
}

function minus(text: string): string {
  return text.replaceAll('-', '−')
}

const ROLES = { nucleus: 'nuclei', cell: 'cells' } as const

const REASONS: ReadonlyMap<string, string> = new Map([
  ['out-of-focus', 'out of focus'],
  ['partly-out-of-focus', 'partly out of focus'],
  ['moved', 'blurred by movement'],
  ['saturated', 'saturated'],
  ['uneven-illumination', 'unevenly lit'],
  ['less-sharp-than-baseline', 'less sharp than the baseline'],
  ['darker-than-baseline', 'darker than the baseline'],
  ['brighter-than-baseline', 'brighter than the baseline'],
  ['blank', 'blank'],
  ['empty-field', 'empty field'],
  ['no-clear-edges', 'no clear edges'],
])

const METRICS: Readonly<Record<MetricName, MetricText>> = {
  FocusScore: {
    name: 'focus score',
    meaning: 'Variance of the intensities over their mean. Compares images of one field only.',
  },
  LocalFocusScore_20: {
    name: 'local focus score',
    meaning: 'How much the focus score differs between tiles of 20 pixels.',
  },
  Correlation_20: {
    name: 'correlation at 20 pixels',
    meaning: 'How alike pixels 20 apart are. Larger is blurrier.',
  },
  PowerLogLogSlope: {
    name: 'power spectrum slope',
    meaning: 'Slope of the power spectrum. More negative is blurrier, until noise takes over.',
  },
  PercentMaximal: {
    name: 'pixels at the maximum',
    meaning: 'Per cent of pixels at the image’s own maximum.',
  },
  PercentMinimal: {
    name: 'pixels at the minimum',
    meaning: 'Per cent of pixels at the image’s own minimum.',
  },
  TotalIntensity: {
    name: 'total intensity',
    meaning: 'Sum of the intensities, each from 0 to 1.',
  },
  MeanIntensity: { name: 'mean intensity', meaning: 'Mean of the intensities, from 0 to 1.' },
  MedianIntensity: { name: 'median intensity', meaning: 'Median of the intensities, from 0 to 1.' },
  StdIntensity: {
    name: 'spread of intensity',
    meaning: 'Standard deviation of the intensities, from 0 to 1.',
  },
  MADIntensity: {
    name: 'robust spread of intensity',
    meaning: 'Median distance of the intensities from their median.',
  },
  MinIntensity: { name: 'minimum intensity', meaning: 'The darkest pixel, from 0 to 1.' },
  MaxIntensity: { name: 'maximum intensity', meaning: 'The brightest pixel, from 0 to 1.' },
  ThresholdOtsu: {
    name: 'Otsu threshold',
    meaning: 'The intensity that best parts dark from bright. Outliers often hold artefacts.',
  },
  laplacian_variance: {
    name: 'Laplacian variance',
    meaning: 'The familiar number for focus. Follows brightness and cell number as well.',
  },
  edge_sharpness: {
    name: 'edge sharpness',
    meaning: 'How steep the edges of objects are, whatever their brightness and number.',
  },
  edge_fraction: {
    name: 'edge fraction',
    meaning: 'Share of pixels that lie on an edge.',
  },
  edge_anisotropy: {
    name: 'edge anisotropy',
    meaning: 'How much sharper edges are in one direction: 0 is alike in all, 1 is movement.',
  },
  edge_blurred_share: {
    name: 'blurred share of edges',
    meaning: 'Share of the edges that are much softer than the rest: bubbles, tilt, debris.',
  },
  saturated_fraction: {
    name: 'saturated fraction',
    meaning: 'Share of pixels at the camera’s ceiling.',
  },
  background_level: {
    name: 'background level',
    meaning: 'Intensity between the objects, from 0 to 1. Follows the lamp and the medium.',
  },
  illumination_unevenness: {
    name: 'unevenness of illumination',
    meaning: 'How far the background falls across the field: 0 is flat, 1 is to darkness.',
  },
  foreground_fraction: {
    name: 'foreground fraction',
    meaning: 'Share of pixels that belong to objects.',
  },
}
