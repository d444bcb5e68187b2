import type { FloatImage } from '../image/blur.ts'
import type { Plane } from '../image/plane.ts'
import { finitePixels } from '../derive/finite-pixels.ts'
import { illuminationStage } from '../prepare/illumination.ts'
import { percentiles } from '../prepare/percentiles.ts'
import { applyProcessing } from './apply-processing.ts'
import type { Inference } from './inference-params.ts'
import type { Axis, TensorDescription } from './model-description.ts'
import type { ProcessingStep } from './processing-step.ts'
import type { Tensor } from './tensor.ts'

/**
 * The channels of a field as a network wants them, at the field's own size: light evened out if the recipe says so,
 * then every step of the network's own preprocessing, with statistics over the whole field.
 *
 * @param planes of one size, in the order of the network's channels
 * @returns [1, channels, height, width]
 */
export function showField(
  planes: readonly Plane[],
  input: TensorDescription,
  { illumination, intensity }: Pick<Inference, 'illumination' | 'intensity'>,
): Tensor {
  const [first] = planes
  if (first === undefined) throw new RangeError('A network is shown at least one channel')
  const { width, height } = first
  const wanted = intensity.scope === 'field' ? input.processing : byLevels(input, intensity)
  const steps = wanted.filter(step => step.id !== 'ensure_dtype' || step.dtype !== 'float32')
  const quick = illumination === 'as-is' ? rangeOfPlanes(steps, planes) : null
  const data = new Float32Array(planes.length * width * height)
  planes.forEach((plane, i) => {
    const image = finitePixels(plane)
    data.set((illumination === 'as-is' ? image : flatten(image)).pixels, i * width * height)
  })
  const tensor = { data, dims: [1, planes.length, height, width] }
  return applyProcessing(tensor, planarAxes(input.axes), quick ?? steps)
}

function flatten(image: FloatImage): FloatImage {
  return illuminationStage.run({ image, light: null }, illuminationStage.defaults)
}

/** The plate's grey levels stand for the statistics of the field. */
function byLevels(
  { processing }: TensorDescription,
  { low, high }: { readonly low: number; readonly high: number },
): readonly ProcessingStep[] {
  const gain = 1 / (high - low)
  return processing.map(step =>
    isStatistic(step) ? { id: 'scale_linear', gain, offset: -low * gain, axis: null } : step,
  )
}

function isStatistic({ id }: ProcessingStep): boolean {
  return (
    id === 'scale_range' ||
    id === 'zero_mean_unit_variance' ||
    id === 'fixed_zero_mean_unit_variance'
  )
}

/**
 * The same steps with the percentiles already taken, which whole numbers give ten times faster than real ones;
 * null where the first step is not just that of one channel as a whole.
 */
function rangeOfPlanes(
  [first, ...rest]: readonly ProcessingStep[],
  planes: readonly Plane[],
): readonly ProcessingStep[] | null {
  const [plane] = planes
  if (first?.id !== 'scale_range' || first.reference !== null) return null
  if (!(first.axes === null || ['y', 'x'].every(id => first.axes!.includes(id)))) return null
  if (plane === undefined || planes.length > 1 || plane.pixels instanceof Float32Array) return null
  const [low, high] = percentiles(plane.pixels, [first.minPercentile, first.maxPercentile])
  const gain = 1 / (high! - low! + first.eps)
  return [{ id: 'scale_linear', gain, offset: -low! * gain, axis: null }, ...rest]
}

/** The axes of [batch, channel, y, x] under the names that the network gives them. */
export function planarAxes(axes: readonly Axis[]): readonly Axis[] {
  const space = axes.filter(({ kind }) => kind === 'space')
  const named = (id: string, kind: Axis['kind'], found: Axis | undefined): Axis =>
    found ?? { ...PLAIN, id, kind }
  return [
    named(
      'batch',
      'batch',
      axes.find(({ kind }) => kind === 'batch'),
    ),
    named(
      'channel',
      'channel',
      axes.find(({ kind }) => kind === 'channel'),
    ),
    named(
      'y',
      'space',
      space.find(({ id }) => id === 'y'),
    ),
    named(
      'x',
      'space',
      space.find(({ id }) => id === 'x'),
    ),
  ]
}

const PLAIN = {
  size: { kind: 'stepped', min: 1, step: 1 },
  channelNames: [],
  scale: 1,
  unit: null,
  halo: 0,
} as const
