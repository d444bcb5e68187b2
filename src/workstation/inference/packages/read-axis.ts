import type { Axis, AxisSize } from '#core/infer/model-description.ts'
import {
  expected,
  ifPresent,
  isAbsent,
  isMap,
  member,
  namesOf,
  numberOf,
  optionOf,
  someItemsOf,
  textOf,
  wholeOf,
  type Field,
} from './field.ts'

export type Side = 'input' | 'output'

const KINDS = ['batch', 'channel', 'space', 'time', 'index'] as const
const WHOLE_IDS = new Map([
  ['b', 'batch'],
  ['t', 'time'],
  ['i', 'index'],
  ['c', 'channel'],
])
const DEFAULT_IDS = { batch: 'batch', channel: 'channel', space: 'x', time: 'time', index: 'index' }

// Units of OME-Zarr 0.5, as the specification takes them over.
const PREFIXES =
  'atto centi deci exa femto giga hecto kilo mega micro milli nano peta pico tera yocto yotta zepto zetta'.split(
    ' ',
  )
const SPACE_UNITS = [
  ...PREFIXES.map(prefix => `${prefix}meter`),
  ...['angstrom', 'foot', 'inch', 'meter', 'mile', 'parsec', 'yard'],
]
const TIME_UNITS = [
  ...PREFIXES.map(prefix => `${prefix}second`),
  ...['day', 'hour', 'minute', 'second'],
]

/** An axis of description 0.5. Whether what it refers to is there, `checkReferences` says. */
export function readAxis(field: Field, side: Side): Axis {
  const kind = optionOf(member(field, 'type'), KINDS)
  const id = ifPresent(member(field, 'id'), axisId, DEFAULT_IDS[kind])
  if ((id === 'batch') !== (kind === 'batch')) {
    expected(member(field, 'id'), `"batch" for the batch axis, and for no other`)
  }
  const plain = { id, kind, channelNames: [], scale: 1, unit: null, halo: 0 }
  if (kind === 'batch') return { ...plain, size: readBatchSize(member(field, 'size')) }
  if (kind === 'channel') {
    const channelNames = someItemsOf(member(field, 'channel_names')).map(textOf)
    return { ...plain, channelNames, size: { kind: 'fixed', size: channelNames.length } }
  }
  const size = readSize(member(field, 'size'), side, kind === 'index')
  if (kind === 'index') return { ...plain, size }
  const units = kind === 'space' ? SPACE_UNITS : TIME_UNITS
  return {
    ...plain,
    size,
    scale: ifPresent(member(field, 'scale'), readScale, 1),
    unit: ifPresent(member(field, 'unit'), unit => optionOf(unit, units), null),
    halo: ifPresent(member(field, 'halo'), halo => readHalo(halo, side, size), 0),
  }
}

/** `c` and `channel` are one axis: the letters of 0.4 stand for whole words, but for those of space. */
export function axisId(field: Field): string {
  const id = textOf(field)
  return /^[a-z][a-z0-9_]{0,15}$/.test(id)
    ? (WHOLE_IDS.get(id) ?? id)
    : expected(field, 'up to 16 lower-case letters, digits and underscores, a letter first')
}

export function tensorId(field: Field): string {
  const id = textOf(field)
  return /^[a-z_][a-z0-9_]{0,31}$/.test(id)
    ? id
    : expected(field, 'up to 32 lower-case letters, digits and underscores, no digit first')
}

function readBatchSize(field: Field): AxisSize {
  if (isAbsent(field)) return { kind: 'stepped', min: 1, step: 1 }
  return { kind: 'fixed', size: wholeOf(field, 1, 1) }
}

function readSize(field: Field, side: Side, dependent: boolean): AxisSize {
  if (!isMap(field)) {
    return typeof field.value === 'number'
      ? { kind: 'fixed', size: wholeOf(field, 1) }
      : expected(field, sizesAllowed(side, dependent))
  }
  const names = namesOf(field)
  if (names.includes('tensor_id') || names.includes('axis_id')) {
    return {
      kind: 'reference',
      tensor: tensorId(member(field, 'tensor_id')),
      axis: axisId(member(field, 'axis_id')),
      offset: ifPresent(member(field, 'offset'), offset => wholeOf(offset, -(2 ** 31)), 0),
    }
  }
  if (side === 'input' && names.includes('step')) {
    return {
      kind: 'stepped',
      min: wholeOf(member(field, 'min'), 1),
      step: wholeOf(member(field, 'step'), 1),
    }
  }
  const other = names.some(name => name !== 'min' && name !== 'max')
  if (side === 'input' || !dependent || other) expected(field, sizesAllowed(side, dependent))
  const min = ifPresent(member(field, 'min'), value => wholeOf(value, 1), 1)
  const max = ifPresent(member(field, 'max'), value => wholeOf(value, min + 1), null)
  return { kind: 'dependent', min, max }
}

function sizesAllowed(side: Side, dependent: boolean): string {
  const own = side === 'input' ? ', {min, step}' : dependent ? ', {min, max}' : ''
  return `a whole number from 1${own} or {tensor_id, axis_id, offset}`
}

function readScale(field: Field): number {
  return numberOf(field, Number.MIN_VALUE)
}

function readHalo(field: Field, side: Side, size: AxisSize): number {
  if (side === 'input') return expected(field, 'none: only axes of outputs have a halo')
  const halo = wholeOf(field, 1)
  if (size.kind === 'reference') return halo
  return expected(field, 'none, unless size refers to an axis of another tensor')
}
