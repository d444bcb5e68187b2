import { histogramOf, medianOf, type Histogram } from '../image/histogram.ts'
import { containerRange, type Plane } from '../image/plane.ts'
import { stage } from '../stage.ts'
import { measureBackground } from './background.ts'
import { cameraRange } from './camera-range.ts'
import { estimateNoise } from './camera-noise.ts'
import { measureCorrelation } from './correlation.ts'
import { measureEdgeAnisotropy } from './edge-anisotropy.ts'
import { findEdges } from './edge-mask.ts'
import { measureEdgeSharpness } from './edge-sharpness.ts'
import { measureFocusScore, measureLocalFocusScore } from './focus-score.ts'
import { measureForeground } from './foreground.ts'
import { measureIntensity } from './intensity.ts'
import { measureLaplacianVariance } from './laplacian-variance.ts'
import { measureOtsuThreshold } from './otsu-threshold.ts'
import { measurePowerSlope } from './power-slope.ts'
import { measureExtremes, measureSaturation } from './saturation.ts'
import { stabilise } from './stabilised.ts'
import { sumTiles } from './tiles.ts'

/** The quality measures in the order of the CSV: CellProfiler's by its names, then ours in lower case. */
export const METRIC_NAMES = [
  'FocusScore',
  'LocalFocusScore_20',
  'Correlation_20',
  'PowerLogLogSlope',
  'PercentMaximal',
  'PercentMinimal',
  'TotalIntensity',
  'MeanIntensity',
  'MedianIntensity',
  'StdIntensity',
  'MADIntensity',
  'MinIntensity',
  'MaxIntensity',
  'ThresholdOtsu',
  'laplacian_variance',
  'edge_sharpness',
  'edge_fraction',
  'edge_anisotropy',
  'edge_blurred_share',
  'saturated_fraction',
  'background_level',
  'illumination_unevenness',
  'foreground_fraction',
] as const

export type MetricName = (typeof METRIC_NAMES)[number]

/** Null is what cannot be measured on this plane, such as the sharpness of an empty field. */
export type QualityMetrics = Readonly<Record<MetricName, number | null>>

export interface QualityParams {
  /** Multiple of the noise's gradient that counts as an edge. */
  readonly edgeSignificance: number
  /** Multiple of the noise that counts as an object. */
  readonly foregroundSignificance: number
}

/** The scale of LocalFocusScore_20 and Correlation_20, in pixels. */
const SCALE = 20

/**
 * Every quality measure of one plane.
 *
 * Intensities are scaled to 0…1 by the container's range, as CellProfiler scales them; `laplacian_variance`
 * is in counts², as OpenCV gives it; the others of ours have no unit. Pixels of a float plane that are not
 * finite are taken to be at its median.
 */
export const measureQuality = stage({
  id: 'quality.metrics',
  version: 2,
  defaults: { edgeSignificance: 6, foregroundSignificance: 5 },
  run: measurePlane,
})

function measurePlane(plane: Plane, params: QualityParams): QualityMetrics {
  const histogram = histogramOf(plane.pixels)
  if (histogram.total === 0) return nothingMeasured()
  if (histogram.total < plane.pixels.length) return measurePlane(mended(plane, histogram), params)
  const range = containerRange(plane)
  const ceiling = cameraRange(plane, histogram)
  const intensity = measureIntensity(histogram)
  const { minimum, maximum } = intensity
  const extremes = measureExtremes(histogram)
  return {
    FocusScore: measureFocusScore(intensity) / range,
    LocalFocusScore_20: measureLocalFocusScore(sumTiles(plane, SCALE)) / range,
    Correlation_20: measureCorrelation(plane, minimum, maximum, SCALE),
    PowerLogLogSlope: maximum > minimum ? measurePowerSlope(plane, intensity.mean) : 0,
    PercentMaximal: extremes.percentMaximal,
    PercentMinimal: extremes.percentMinimal,
    TotalIntensity: intensity.total / range,
    MeanIntensity: intensity.mean / range,
    MedianIntensity: intensity.median / range,
    StdIntensity: intensity.standardDeviation / range,
    MADIntensity: intensity.medianDeviation / range,
    MinIntensity: minimum / range,
    MaxIntensity: maximum / range,
    ThresholdOtsu: measureOtsuThreshold(histogram, range),
    laplacian_variance: measureLaplacianVariance(plane),
    saturated_fraction: measureSaturation(histogram, ceiling, plane.clipped),
    ...measureStructure(plane, ceiling ?? Infinity, params),
  }
}

type StructureMetric =
  | 'edge_sharpness'
  | 'edge_fraction'
  | 'edge_anisotropy'
  | 'edge_blurred_share'
  | 'background_level'
  | 'illumination_unevenness'
  | 'foreground_fraction'

/** What is told apart from the camera's noise. */
function measureStructure(
  plane: Plane,
  ceiling: number,
  { edgeSignificance, foregroundSignificance }: QualityParams,
): Pick<QualityMetrics, StructureMetric> {
  const noise = estimateNoise(plane, ceiling)
  const { fine, coarse } = stabilise(plane, noise)
  const edges = findEdges(coarse, edgeSignificance)
  const focus = measureEdgeSharpness(fine, edges)
  const background = measureBackground(coarse, noise)
  return {
    edge_sharpness: focus?.sharpness ?? null,
    edge_fraction: edges.fraction,
    edge_anisotropy: focus === null ? null : measureEdgeAnisotropy(fine, edges),
    edge_blurred_share: focus?.blurredShare ?? null,
    background_level: background.level === null ? null : background.level / containerRange(plane),
    illumination_unevenness: background.unevenness,
    foreground_fraction: measureForeground(background, coarse, noise, foregroundSignificance),
  }
}

function nothingMeasured(): QualityMetrics {
  return Object.fromEntries(METRIC_NAMES.map(name => [name, null])) as QualityMetrics
}

/** With its median where a pixel is not finite. */
export function mended(plane: Plane, histogram: Histogram): Plane {
  const median = medianOf(histogram)
  const pixels = plane.pixels.map(value => (Number.isFinite(value) ? value : median))
  return { ...plane, pixels }
}
