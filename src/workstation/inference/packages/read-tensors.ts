import type { TensorDescription } from '#core/infer/model-description.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'
import {
  expected,
  flagOf,
  ifPresent,
  isAbsent,
  isList,
  itemsOf,
  member,
  optionOf,
  someItemsOf,
  textOf,
  type Field,
} from './field.ts'
import { invalid } from './objection.ts'
import { readAxis, tensorId, type Side } from './read-axis.ts'
import { readFile, type NamedFile } from './read-files.ts'
import { DTYPES, readStep } from './read-step.ts'

export interface ReadTensor {
  readonly tensor: TensorDescription
  readonly files: readonly NamedFile[]
}

/** `inputs` or `outputs` of description 0.5. */
export function readTensors(field: Field, side: Side): readonly ReadTensor[] {
  return someItemsOf(field).map(item => readTensor(item, side))
}

function readTensor(field: Field, side: Side): ReadTensor {
  const axes = someItemsOf(member(field, 'axes')).map(axis => readAxis(axis, side))
  if (axes.filter(axis => axis.kind === 'batch').length > 1) {
    invalid(`${field.path}.axes has several batch axes; allowed: one`)
  }
  const dtype = readDtype(member(field, 'data'))
  const steps = member(field, side === 'input' ? 'preprocessing' : 'postprocessing')
  const test = member(field, 'test_tensor')
  const file = isAbsent(test) ? null : readFile(test, 'test tensor')
  const tensor = {
    id: ifPresent(member(field, 'id'), tensorId, side),
    description: ifPresent(member(field, 'description'), textOf, ''),
    axes,
    dtype,
    processing: withDtypes(
      itemsOf(steps).map(step => readStep(step, side)),
      dtype,
      side,
    ),
    testTensor: file && { source: file.name, sha256: file.sha256 },
    optional: side === 'input' && ifPresent(member(field, 'optional'), flagOf, false),
  }
  return { tensor, files: file === null ? [] : [file] }
}

/**
 * The casts that the specification adds where they are not written: inputs begin with one to their own
 * type, and both sides end with one unless the last step is one or binarizes.
 */
export function withDtypes(
  steps: readonly ProcessingStep[],
  dtype: string,
  side: Side,
): readonly ProcessingStep[] {
  const cast = { id: 'ensure_dtype', dtype } as const
  const begun = side === 'input' && steps[0]?.id !== 'ensure_dtype' ? [cast, ...steps] : steps
  const last = begun.at(-1)
  const typed =
    last?.id === 'ensure_dtype' || last?.id === 'binarize' || last?.id === 'stardist_postprocessing'
  return typed ? begun : [...begun, cast]
}

/** One description of the data, or one for each channel, all of one type. */
function readDtype(field: Field): string {
  if (!isList(field)) return dtypeOf(field)
  const [first, ...others] = someItemsOf(field).map(dtypeOf)
  const other = others.find(dtype => dtype !== first)
  return other === undefined
    ? first!
    : expected(field, `one type for all channels, not ${other} too`)
}

function dtypeOf(field: Field): string {
  const nominal = !isAbsent(member(field, 'values'))
  return ifPresent(
    member(field, 'type'),
    type => optionOf(type, DTYPES),
    nominal ? 'uint8' : 'float32',
  )
}
