import type { EvaluationTable, NetworkUse, Tolerance } from '#core/infer/model-description.ts'
import {
  expected,
  ifPresent,
  isAbsent,
  isList,
  isMap,
  itemsOf,
  member,
  namesOf,
  numberOf,
  optionOf,
  textOf,
  wholeOf,
  wordOf,
  type Field,
} from './field.ts'
import { invalid } from './objection.ts'
import { packageName } from './package-name.ts'

/** What holds for outputs that a package says nothing of (specification 0.5.9). */
const DEFAULT_TOLERANCE: Tolerance = {
  relative: 1e-3,
  absolute: 1e-3,
  mismatchedPerMillion: 100,
  outputs: [],
}

const ROLES = ['train', 'validation', 'test', 'independent', 'unknown'] as const
const TASKS = [
  'instances-from-boundary',
  'stardist',
  'flows',
  'semantic',
  'classification',
  'embedding',
] as const

/** Those that are for ONNX, in their order, and the default last. */
export function readTolerances(bioimageio: Field): readonly Tolerance[] {
  const stated = listed(member(bioimageio, 'reproducibility_tolerance')).flatMap(field => {
    const formats = itemsOf(member(field, 'weights_formats')).map(textOf)
    return formats.length === 0 || formats.includes('onnx') ? readTolerance(field) : []
  })
  return [...stated, DEFAULT_TOLERANCE]
}

/** `evaluations`, or `evaluation`, as `config.bioimageio` has them: a row of results for each metric. */
export function readEvaluations(bioimageio: Field): readonly EvaluationTable[] {
  const tables = ['evaluations', 'evaluation'].flatMap(name => listed(member(bioimageio, name)))
  return tables.map(readEvaluation)
}

/** Markdown. */
export function readLimitations(field: Field): string | null {
  if (isAbsent(field)) return null
  if (!isMap(field)) return textOf(field)
  const parts = namesOf(field).flatMap(name => {
    const part = member(field, name)
    const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')
    return isAbsent(part) ? [] : `## ${title}\n\n${textOf(part).trim()}`
  })
  return parts.length === 0 ? null : parts.join('\n\n')
}

/** `config.parfocal`: names in the manner of the rest of the description. */
export function readUse(field: Field): NetworkUse {
  const known = 'task diameter temperature dropout features out_of_distribution classes'.split(' ')
  const other = namesOf(field).find(name => !known.includes(name))
  if (other !== undefined)
    invalid(`${field.path}.${other} is not known; allowed: ${known.join(', ')}`)
  const task = optionOf(member(field, 'task'), TASKS)
  const classes = itemsOf(member(field, 'classes')).map(textOf)
  if (new Set(classes).size < classes.length) {
    expected(member(field, 'classes'), 'each class only once')
  }
  return {
    task,
    diameter: ifPresent(member(field, 'diameter'), above0, null),
    temperature: ifPresent(member(field, 'temperature'), above0, 1),
    dropout: ifPresent(member(field, 'dropout'), readDropout, null),
    features: ifPresent(member(field, 'features'), textOf, null),
    outOfDistribution: ifPresent(
      member(field, 'out_of_distribution'),
      source => packageName(textOf(source), source.path),
      null,
    ),
    classes,
  }
}

function readDropout(field: Field): NonNullable<NetworkUse['dropout']> {
  return {
    input: textOf(member(field, 'input')),
    rate: numberOf(member(field, 'rate'), 0, 1),
  }
}

function readTolerance(field: Field): Tolerance {
  const { relative, absolute, mismatchedPerMillion } = DEFAULT_TOLERANCE
  return {
    relative: ifPresent(
      member(field, 'relative_tolerance'),
      value => numberOf(value, 0, 1e-2),
      relative,
    ),
    absolute: ifPresent(member(field, 'absolute_tolerance'), value => numberOf(value, 0), absolute),
    mismatchedPerMillion: ifPresent(
      member(field, 'mismatched_elements_per_million'),
      value => wholeOf(value, 0, 1000),
      mismatchedPerMillion,
    ),
    outputs: itemsOf(member(field, 'output_ids')).map(textOf),
  }
}

function readEvaluation(field: Field): EvaluationTable {
  const factors = itemsOf(member(field, 'evaluation_factors')).map(wordOf)
  const metrics = itemsOf(member(field, 'metrics')).map(wordOf)
  const results = itemsOf(member(field, 'results'))
  if (results.length !== metrics.length) {
    expected(member(field, 'results'), `a row for each of the ${metrics.length} metrics`)
  }
  const table = results.map(row => {
    const values = itemsOf(row).map(value => Number(wordOf(value)))
    return values.length === factors.length
      ? values
      : expected(row, `a value for each of the ${factors.length} evaluation_factors`)
  })
  return {
    dataset: ifPresent(member(field, 'dataset_id'), wordOf, ''),
    role: ifPresent(member(field, 'dataset_role'), role => optionOf(role, ROLES), 'unknown'),
    metrics,
    rows: factors.map((factor, i) => ({ factor, values: table.map(row => row[i]!) })),
  }
}

function above0(field: Field): number {
  return numberOf(field, Number.MIN_VALUE)
}

function listed(field: Field): readonly Field[] {
  return isAbsent(field) || isList(field) ? itemsOf(field) : [field]
}
