import type { Axis, AxisSize } from '#core/infer/model-description.ts'
import {
  expected,
  ifPresent,
  isAbsent,
  isList,
  isMap,
  itemsOf,
  member,
  numberOf,
  optionOf,
  someItemsOf,
  textOf,
  wholeOf,
  type Field,
} from './field.ts'
import { invalid } from './objection.ts'
import type { Side } from './read-axis.ts'
import { readFile } from './read-files.ts'
import { readOlderStep } from './read-older-step.ts'
import { DTYPES } from './read-step.ts'
import { withDtypes, type ReadTensor } from './read-tensors.ts'

const LETTERS = {
  b: { kind: 'batch', id: 'batch' },
  t: { kind: 'time', id: 'time' },
  i: { kind: 'index', id: 'index' },
  c: { kind: 'channel', id: 'channel' },
  z: { kind: 'space', id: 'z' },
  y: { kind: 'space', id: 'y' },
  x: { kind: 'space', id: 'x' },
} as const
type Letter = keyof typeof LETTERS

/** The smallest length of each axis of each tensor that was read, by tensor and letter. */
type Lengths = Map<string, ReadonlyMap<string, number>>

/**
 * `inputs` and `outputs` of description 0.4, brought to 0.5 as the specification's own conversion does: an
 * output of scale s and offset o has the size of its reference · s + 2 · o, so its own scale is 1 / s.
 */
export function readOlderTensors(
  root: Field,
): readonly [readonly ReadTensor[], readonly ReadTensor[]] {
  const lengths: Lengths = new Map()
  const inputs = readSide(root, 'input', lengths)
  return [inputs, readSide(root, 'output', lengths)]
}

function readSide(root: Field, side: Side, lengths: Lengths): readonly ReadTensor[] {
  const fields = someItemsOf(member(root, `${side}s`))
  const tests = member(root, `test_${side}s`)
  const files = itemsOf(tests).map(test => readFile(test, 'test tensor'))
  if (files.length !== 0 && files.length !== fields.length) {
    expected(tests, `a file for each of the ${fields.length} ${side}s`)
  }
  return fields.map((field, i) => {
    const id = nameOf(member(field, 'name'))
    const letters = lettersOf(member(field, 'axes'))
    const axes = readAxes(field, side, letters, lengths)
    lengths.set(id, new Map(letters.map((letter, k) => [letter, leastOf(axes[k]!)])))
    const dtype = optionOf(member(field, 'data_type'), DTYPES)
    const steps = member(field, side === 'input' ? 'preprocessing' : 'postprocessing')
    const processing = itemsOf(steps).map(step => readOlderStep(step, side, letters))
    // Networks of 0.4 are given float32 whatever type their images have.
    const cast = side === 'input' ? [{ id: 'ensure_dtype', dtype: 'float32' } as const] : []
    const file = files[i] ?? null
    const tensor = {
      id,
      description: ifPresent(member(field, 'description'), textOf, ''),
      axes,
      dtype,
      processing: withDtypes([...processing, ...cast], dtype, side),
      testTensor: file && { source: file.name, sha256: file.sha256 },
      optional: false,
    }
    return { tensor, files: file === null ? [] : [file] }
  })
}

function readAxes(
  field: Field,
  side: Side,
  letters: readonly Letter[],
  lengths: Lengths,
): readonly Axis[] {
  const shape = member(field, 'shape')
  const halo = readHalo(member(field, 'halo'), side, letters.length)
  const sizes = isList(shape)
    ? listOf(shape, letters.length).map(size => fixed(wholeOf(size, 1)))
    : isMap(shape) && side === 'input'
      ? readStepped(shape, letters.length)
      : readImplicit(shape, letters, lengths)
  return letters.map((letter, i) => {
    const { size, scale } = sizes[i]!
    const { kind, id } = LETTERS[letter]
    const plain = { id, kind, channelNames: [], scale: 1, unit: null, halo: 0 }
    if (kind === 'batch') return { ...plain, size: { kind: 'stepped', min: 1, step: 1 } }
    if (kind === 'channel') return channelAxis(plain, size, shape, lengths)
    if (kind === 'index') {
      const dependent = size.kind === 'stepped' && side === 'output'
      return { ...plain, size: dependent ? { kind: 'dependent', min: size.min, max: null } : size }
    }
    if (halo[i]! > 0 && size.kind === 'fixed' && size.size - 2 * halo[i]! < 1) {
      invalid(`${field.path}.halo[${i}] is ${halo[i]}; allowed: less than half of ${size.size}`)
    }
    return { ...plain, size, scale, halo: halo[i]! }
  })
}

/** Channels have names in 0.5, so their number has to be known. */
function channelAxis(
  plain: Omit<Axis, 'size'>,
  size: AxisSize,
  shape: Field,
  lengths: Lengths,
): Axis {
  const count =
    size.kind === 'fixed'
      ? size.size
      : size.kind === 'reference'
        ? (lengths.get(size.tensor)?.get('c') ?? 0) + size.offset
        : expected(shape, 'a step of 0 for channels')
  if (!(count >= 1) || count > 65_536) expected(shape, 'between 1 and 65536 channels')
  const channelNames = Array.from({ length: count }, (_, i) => `channel${i}`)
  return { ...plain, channelNames, size: { kind: 'fixed', size: count } }
}

interface Sized {
  readonly size: AxisSize
  readonly scale: number
}

function fixed(size: number): Sized {
  return { size: { kind: 'fixed', size }, scale: 1 }
}

function readStepped(shape: Field, rank: number): readonly Sized[] {
  const steps = listOf(member(shape, 'step'), rank).map(step => wholeOf(step, 0))
  return listOf(member(shape, 'min'), rank).map((field, i) => {
    const min = wholeOf(field, 1)
    const step = steps[i]!
    return step === 0 ? fixed(min) : { size: { kind: 'stepped', min, step }, scale: 1 }
  })
}

function readImplicit(
  shape: Field,
  letters: readonly Letter[],
  lengths: Lengths,
): readonly Sized[] {
  const reference = nameOf(member(shape, 'reference_tensor'))
  const tensor = lengths.get(reference)
  if (tensor === undefined) {
    expected(member(shape, 'reference_tensor'), `one of ${[...lengths.keys()].join(', ')}`)
  }
  const offsets = listOf(member(shape, 'offset'), letters.length).map(field =>
    Number.isInteger(numberOf(field) * 2) ? numberOf(field) : expected(field, 'multiples of 0.5'),
  )
  return listOf(member(shape, 'scale'), letters.length).map((field, i) => {
    const grown = 2 * offsets[i]!
    const scale = ifPresent(field, value => numberOf(value, 0), 0)
    // A scale of nothing adds an axis that the reference does not have.
    if (scale === 0) return fixed(wholeOf({ path: shape.path, value: grown }, 1))
    const { kind, id } = LETTERS[letters[i]!]
    const places = kind === 'channel' || kind === 'index'
    const least = tensor?.get(letters[i]!) ?? 0
    // These axes have no scale of their own: what it adds to the smallest size is an offset.
    const offset = places ? Math.trunc((scale - 1) * least + grown) : grown
    const size = { kind: 'reference', tensor: reference, axis: id, offset } as const
    return { size, scale: places ? 1 : 1 / scale }
  })
}

function readHalo(field: Field, side: Side, rank: number): readonly number[] {
  if (isAbsent(field)) return Array.from({ length: rank }, () => 0)
  if (side === 'input') expected(field, 'none: only outputs have a halo')
  return listOf(field, rank).map(halo => wholeOf(halo, 0))
}

function leastOf({ size }: Axis): number {
  if (size.kind === 'fixed') return size.size
  return size.kind === 'reference' ? 0 : size.min
}

function listOf(field: Field, rank: number): readonly Field[] {
  const items = someItemsOf(field)
  return items.length === rank ? items : expected(field, `${rank} values, one for each axis`)
}

function lettersOf(field: Field): readonly Letter[] {
  const letters = [...textOf(field)].filter(isLetter)
  const whole = letters.length === textOf(field).length && new Set(letters).size === letters.length
  return whole && letters.length > 0 ? letters : expected(field, 'letters of bitczyx, each once')
}

function isLetter(text: string): text is Letter {
  return Object.hasOwn(LETTERS, text)
}

function nameOf(field: Field): string {
  const name = textOf(field)
  return /^[^\s.]{1,64}$/.test(name) ? name : expected(field, 'up to 64 characters without spaces')
}
