import type { ProcessingStep } from '#core/infer/processing-step.ts'
import {
  expected,
  ifPresent,
  isAbsent,
  isList,
  itemsOf,
  member,
  namesOf,
  numberOf,
  optionOf,
  someItemsOf,
  wholeOf,
  type Field,
} from './field.ts'
import { invalid } from './objection.ts'
import { axisId, tensorId, type Side } from './read-axis.ts'

export const DTYPES = [
  'float32',
  'float64',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'uint64',
  'int64',
  'bool',
] as const

const BOTH = [
  'binarize',
  'clip',
  'ensure_dtype',
  'fixed_zero_mean_unit_variance',
  'scale_linear',
  'scale_range',
  'sigmoid',
  'softmax',
  'zero_mean_unit_variance',
] as const
const AFTER = [...BOTH, 'scale_mean_variance', 'stardist_postprocessing'] as const

/** A step of pre- or postprocessing of description 0.5, with the defaults of the specification. */
export function readStep(field: Field, side: Side): ProcessingStep {
  const id = optionOf(member(field, 'id'), side === 'input' ? BOTH : AFTER)
  const kwargs = member(field, 'kwargs')
  const allow = (...names: readonly string[]): void => refuseOthers(kwargs, names)
  switch (id) {
    case 'binarize': {
      allow('threshold', 'axis')
      const threshold = numbersOf(member(kwargs, 'threshold'))
      return { id, threshold, axis: alongAxis(kwargs, [threshold]) }
    }
    case 'clip':
      allow('min', 'max')
      return readClip(kwargs)
    case 'ensure_dtype':
      allow('dtype')
      return { id, dtype: optionOf(member(kwargs, 'dtype'), DTYPES) }
    case 'scale_linear':
      allow('gain', 'offset', 'axis')
      return readScaleLinear(kwargs)
    case 'sigmoid':
      allow()
      return { id }
    case 'softmax':
      allow('axis')
      return { id, axis: ifPresent(member(kwargs, 'axis'), wholeAxisId, 'channel') }
    case 'fixed_zero_mean_unit_variance': {
      allow('mean', 'std', 'axis')
      const mean = numbersOf(member(kwargs, 'mean'))
      const std = numbersOf(member(kwargs, 'std'), 1e-6)
      return { id, mean, std, axis: alongAxis(kwargs, [mean, std]) }
    }
    case 'zero_mean_unit_variance':
      allow('axes', 'eps')
      return { id, axes: readAxes(kwargs), eps: readEps(kwargs) }
    case 'scale_range':
      allow('axes', 'min_percentile', 'max_percentile', 'eps', 'reference_tensor')
      return readScaleRange(kwargs, readAxes(kwargs))
    case 'scale_mean_variance':
      allow('axes', 'reference_tensor', 'eps')
      return {
        id,
        axes: readAxes(kwargs),
        reference: tensorId(member(kwargs, 'reference_tensor')),
        eps: readEps(kwargs),
      }
    case 'stardist_postprocessing':
      allow('prob_threshold', 'nms_threshold', 'n_rays', 'grid', 'b')
      return readStardist(kwargs)
  }
}

export function readClip(kwargs: Field): ProcessingStep {
  const min = ifPresent(member(kwargs, 'min'), value => numberOf(value), null)
  const max = ifPresent(member(kwargs, 'max'), value => numberOf(value), null)
  if (min === null && max === null) expected(kwargs, 'min, max or both')
  if (min !== null && max !== null && min >= max) {
    expected(member(kwargs, 'max'), `more than min, which is ${min}`)
  }
  return { id: 'clip', min, max }
}

/** `axes` are read by whoever knows how they are written. */
export function readScaleRange(kwargs: Field, axes: readonly string[] | null): ProcessingStep {
  const low = member(kwargs, 'min_percentile')
  const high = member(kwargs, 'max_percentile')
  const minPercentile = ifPresent(low, value => numberOf(value, 0, 100), 0)
  // From above 1, as the specification has it: fractions written for percentiles are a common mistake.
  const maxPercentile = ifPresent(high, value => numberOf(value, 1 + Number.EPSILON, 100), 100)
  if (minPercentile >= maxPercentile) expected(low, `less than max_percentile, ${maxPercentile}`)
  const reference = ifPresent(member(kwargs, 'reference_tensor'), tensorId, null)
  return { id: 'scale_range', axes, minPercentile, maxPercentile, eps: readEps(kwargs), reference }
}

export function readEps(kwargs: Field): number {
  return ifPresent(member(kwargs, 'eps'), eps => numberOf(eps, Number.MIN_VALUE, 0.1), 1e-6)
}

/** A number, or a list of one for each place along an axis. */
export function numbersOf(field: Field, least = -Infinity): number | readonly number[] {
  return isList(field)
    ? someItemsOf(field).map(item => numberOf(item, least))
    : numberOf(field, least)
}

function readScaleLinear(kwargs: Field): ProcessingStep {
  const gain = ifPresent(member(kwargs, 'gain'), value => numbersOf(value), 1)
  const offset = ifPresent(member(kwargs, 'offset'), value => numbersOf(value), 0)
  const lists = [gain, offset].filter(value => typeof value !== 'number')
  return { id: 'scale_linear', gain, offset, axis: alongAxis(kwargs, lists) }
}

/** Lists need an axis that they lie along, and equal lengths; single numbers have none. */
function alongAxis(kwargs: Field, values: readonly (number | readonly number[])[]): string | null {
  const field = member(kwargs, 'axis')
  const lengths = values.map(value => (typeof value === 'number' ? null : value.length))
  if (new Set(lengths).size > 1) invalid(`${kwargs.path} has lists of different lengths`)
  const listed = lengths.length > 0 && lengths[0] !== null
  if (isAbsent(field)) return listed ? expected(field, 'the axis that the lists lie along') : null
  return listed ? wholeAxisId(field) : expected(field, 'none where no list is given')
}

function wholeAxisId(field: Field): string {
  const id = axisId(field)
  return id === 'batch' ? expected(field, 'any axis but batch') : id
}

function readAxes(kwargs: Field): readonly string[] | null {
  return ifPresent(member(kwargs, 'axes'), axes => itemsOf(axes).map(axisId), null)
}

function readStardist(kwargs: Field): ProcessingStep {
  const grid = member(kwargs, 'grid')
  const [down, right, ...more] = itemsOf(grid).map(step => wholeOf(step, 1, 64))
  if (down === undefined || right === undefined || more.length > 0) {
    return expected(grid, 'two whole numbers, [y, x]: only flat images are analysed')
  }
  return {
    id: 'stardist_postprocessing',
    probabilityThreshold: numberOf(member(kwargs, 'prob_threshold'), 0, 1),
    overlapThreshold: numberOf(member(kwargs, 'nms_threshold'), 0, 1),
    rays: wholeOf(member(kwargs, 'n_rays'), 3, 1024),
    grid: [down, right],
    border: ifPresent(member(kwargs, 'b'), points => wholeOf(points, 0, 4096), 2),
  }
}

/** An option that is not known could change what a step does. */
export function refuseOthers(kwargs: Field, names: readonly string[]): void {
  const other = namesOf(kwargs).find(name => !names.includes(name))
  if (other !== undefined) {
    invalid(`${kwargs.path}.${other} is not known; allowed: ${names.join(', ') || 'nothing'}`)
  }
}
