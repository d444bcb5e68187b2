import type { ProcessingStep } from '#core/infer/processing-step.ts'
import {
  expected,
  ifPresent,
  isAbsent,
  member,
  numberOf,
  optionOf,
  textOf,
  type Field,
} from './field.ts'
import { invalid } from './objection.ts'
import type { Side } from './read-axis.ts'
import { numbersOf, readClip, readEps, readScaleRange, refuseOthers } from './read-step.ts'

const BOTH = [
  'binarize',
  'clip',
  'scale_linear',
  'sigmoid',
  'zero_mean_unit_variance',
  'scale_range',
] as const
const MODES = ['per_dataset', 'per_sample'] as const

/**
 * A step of description 0.4 as one of 0.5.
 *
 * There `axes` are those that share a value, so a list of values lies along the one that is left
 * over; the batch is named where the mode is `per_dataset`.
 *
 * @param letters of the tensor's axes
 */
export function readOlderStep(
  field: Field,
  side: Side,
  letters: readonly string[],
): ProcessingStep {
  const id = optionOf(
    member(field, 'name'),
    side === 'input' ? BOTH : ([...BOTH, 'scale_mean_variance'] as const),
  )
  const kwargs = member(field, 'kwargs')
  const axes = readAxes(member(kwargs, 'axes'), letters)
  switch (id) {
    case 'binarize':
      refuseOthers(kwargs, ['threshold'])
      return { id, threshold: numberOf(member(kwargs, 'threshold')), axis: null }
    case 'clip':
      refuseOthers(kwargs, ['min', 'max'])
      return readClip(kwargs)
    case 'sigmoid':
      return { id }
    case 'scale_linear': {
      refuseOthers(kwargs, ['axes', 'gain', 'offset'])
      const gain = ifPresent(member(kwargs, 'gain'), value => numbersOf(value), 1)
      const offset = ifPresent(member(kwargs, 'offset'), value => numbersOf(value), 0)
      const [gains, offsets, axis] = along(kwargs, gain, offset, axes, letters)
      return { id, gain: gains, offset: offsets, axis }
    }
    case 'zero_mean_unit_variance':
      refuseOthers(kwargs, ['mode', 'axes', 'mean', 'std', 'eps'])
      return readZeroMean(kwargs, axes, letters)
    case 'scale_range': {
      refuseOthers(kwargs, [
        ...['mode', 'axes', 'min_percentile', 'max_percentile', 'eps', 'reference_tensor'],
      ])
      return readScaleRange(kwargs, withBatch(kwargs, axes, letters))
    }
    case 'scale_mean_variance':
      refuseOthers(kwargs, ['mode', 'axes', 'reference_tensor', 'eps'])
      return {
        id,
        axes: withBatch(kwargs, axes, letters),
        reference: textOf(member(kwargs, 'reference_tensor')),
        eps: readEps(kwargs),
      }
  }
}

function readZeroMean(
  kwargs: Field,
  axes: readonly string[] | null,
  letters: readonly string[],
): ProcessingStep {
  const modes = ['fixed', ...MODES] as const
  const mode = ifPresent(member(kwargs, 'mode'), value => optionOf(value, modes), 'fixed')
  const given = !isAbsent(member(kwargs, 'mean')) || !isAbsent(member(kwargs, 'std'))
  if (mode !== 'fixed') {
    if (given) invalid(`${kwargs.path}.mean and .std are given; allowed: only with mode fixed`)
    const id = 'zero_mean_unit_variance'
    return { id, axes: withBatch(kwargs, axes, letters), eps: readEps(kwargs) }
  }
  const mean = numbersOf(member(kwargs, 'mean'))
  const std = numbersOf(member(kwargs, 'std'), 1e-6)
  const [means, deviations, axis] = along(kwargs, mean, std, axes, letters)
  return { id: 'fixed_zero_mean_unit_variance', mean: means, std: deviations, axis }
}

/**
 * Axes that share a statistic. Without `axes` all but the batch do, for a sample was taken by itself; the
 * specification's conversion says "all" there, which is the same for one image at a time.
 */
function withBatch(
  kwargs: Field,
  axes: readonly string[] | null,
  letters: readonly string[],
): readonly string[] {
  const mode = ifPresent(member(kwargs, 'mode'), value => optionOf(value, MODES), 'per_sample')
  const shared = axes ?? letters.filter(letter => letter !== 'b').map(idOf)
  return mode === 'per_dataset' && letters.includes('b') ? ['batch', ...shared] : shared
}

type Values = number | readonly number[]

/** The two values of a step, and the axis along which they lie if they are lists. */
function along(
  kwargs: Field,
  first: Values,
  second: Values,
  axes: readonly string[] | null,
  letters: readonly string[],
): readonly [Values, Values, string | null] {
  const length = Math.max(
    ...[first, second].map(value => (typeof value === 'number' ? 0 : value.length)),
  )
  if (length === 0) return [first, second, null]
  const left = letters.filter(letter => letter !== 'b' && !axes?.includes(idOf(letter))).map(idOf)
  if (axes === null || left.length !== 1) {
    return expected(member(kwargs, 'axes'), 'all axes but one, along which the lists lie')
  }
  const spread = (value: Values): readonly number[] =>
    typeof value === 'number' ? Array.from({ length }, () => value) : value
  const lists = [spread(first), spread(second)] as const
  if (lists[0].length !== lists[1].length) invalid(`${kwargs.path} has lists of different lengths`)
  return [lists[0], lists[1], left[0]!]
}

function readAxes(field: Field, letters: readonly string[]): readonly string[] | null {
  if (isAbsent(field)) return null
  const named = [...textOf(field)]
  const strange = named.find(letter => letter === 'b' || !letters.includes(letter))
  if (strange !== undefined) expected(field, `letters of ${letters.join('')} without b`)
  return named.map(idOf)
}

function idOf(letter: string): string {
  return { t: 'time', i: 'index', c: 'channel' }[letter] ?? letter
}
