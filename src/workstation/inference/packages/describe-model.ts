import type { ModelDescription, TensorDescription } from '#core/infer/model-description.ts'
import { checkTensors } from './check-tensors.ts'
import {
  expected,
  filledTextOf,
  ifPresent,
  isAbsent,
  isMap,
  itemsOf,
  mapOf,
  member,
  namesOf,
  textOf,
  wholeOf,
  wordOf,
  type Field,
} from './field.ts'
import { inferUse } from './infer-use.ts'
import { invalid, refuse } from './objection.ts'
import { readEvaluations, readLimitations, readTolerances, readUse } from './read-config.ts'
import {
  mergeFiles,
  readAttachments,
  readFile,
  readFileHere,
  readOthers,
  type NamedFile,
} from './read-files.ts'
import { readOlderTensors } from './read-older-tensors.ts'
import { readTensors, type ReadTensor } from './read-tensors.ts'

/** What the text of a description says, before any other file of the package is looked at. */
export interface Described {
  readonly description: Omit<ModelDescription, 'weights' | 'card'>
  readonly weights: NamedFile
  /** Operator set that the description states; 15 where an older one states none, as the specification assumes. */
  readonly opset: number
  readonly card: NamedFile | null
  readonly files: readonly NamedFile[]
}

/** Description 0.5, or 0.4 brought to it. */
export function describeModel(root: Field): Described {
  const version = wordOf(member(root, 'format_version'))
  const older = /^0\.4(?:\.\d+)*$/.test(version)
  if (!older && !/^0\.5(?:\.\d+)*$/.test(version)) {
    expected(member(root, 'format_version'), '0.4 or 0.5 of the BioImage Model Zoo')
  }
  const type = member(root, 'type')
  if (type.value !== 'model') expected(type, 'model')
  const { weights, opset } = readWeights(member(root, 'weights'), older)
  const [inputs, outputs] = older
    ? readOlderTensors(root)
    : [readTensors(member(root, 'inputs'), 'input'), readTensors(member(root, 'outputs'), 'output')]
  checkTensors({ inputs: tensorsOf(inputs), outputs: tensorsOf(outputs) })
  const config = member(root, 'config')
  const bioimageio = member(config, 'bioimageio')
  const tags = itemsOf(member(root, 'tags')).map(textOf)
  const own = member(config, 'parfocal')
  const use = isAbsent(own) ? inferUse(tensorsOf(outputs), tags) : readUse(own)
  const card = readFileHere(member(root, 'documentation'), 'card')
  const description = {
    ...readCredits(root),
    tags,
    formatVersion: version,
    inputs: tensorsOf(inputs),
    outputs: tensorsOf(outputs),
    tolerances: readTolerances(bioimageio),
    trainingData: ifPresent(member(root, 'training_data'), readTrainingData, null),
    evaluation: readEvaluations(bioimageio),
    limitations: readLimitations(member(bioimageio, 'bias_risks_limitations')),
    use,
  }
  const files = mergeFiles([
    weights,
    ...[...inputs, ...outputs].flatMap(tensor => tensor.files),
    ...(card === null ? [] : [card]),
    ...statisticsFile(use?.outOfDistribution ?? null, own),
    ...readAttachments(member(root, 'attachments')),
    ...otherFiles(root),
  ])
  return { description, weights, opset, card, files }
}

function readCredits(root: Field) {
  const name = filledTextOf(member(root, 'name'))
  return {
    id: ifPresent(member(root, 'id'), filledTextOf, slug(name)),
    version: ifPresent(member(root, 'version'), wordOf, '0'),
    name,
    description: ifPresent(member(root, 'description'), textOf, ''),
    authors: itemsOf(member(root, 'authors')).map(nameOf),
    citations: itemsOf(member(root, 'cite')).map(readCitation),
    licence: ifPresent(member(root, 'license'), textOf, ''),
  }
}

function readWeights(field: Field, older: boolean): { weights: NamedFile; opset: number } {
  const onnx = member(field, 'onnx')
  if (isAbsent(onnx)) {
    const formats = namesOf(field).filter(name => !isAbsent(member(field, name)))
    return invalid(
      `weights are ${formats.join(', ') || 'missing'}; allowed: onnx, only that is run`,
    )
  }
  if (mapOf(onnx).get('external_data')) {
    refuse(`${onnx.path}.external_data is set; allowed: one file that holds all weights`)
  }
  const version = member(onnx, 'opset_version')
  const opset = older && isAbsent(version) ? 15 : wholeOf(version, 7, 1000)
  return { weights: readFile(onnx, 'weights'), opset }
}

/** Samples, covers, and weights that are not run: hashes stated for them hold all the same. */
function otherFiles(root: Field): readonly NamedFile[] {
  const formats = member(root, 'weights')
  const weights = namesOf(formats)
    .filter(name => name !== 'onnx')
    .map(name => member(formats, name))
    .filter(isMap)
  const parts = weights.flatMap(entry =>
    ['architecture', 'dependencies'].map(name => member(entry, name)).filter(isMap),
  )
  const tensors = ['inputs', 'outputs'].flatMap(name => itemsOf(member(root, name)))
  const samples = tensors.map(tensor => member(tensor, 'sample_tensor'))
  return readOthers([...weights, ...parts, ...samples].filter(field => !isAbsent(field)))
}

function statisticsFile(source: string | null, own: Field): readonly NamedFile[] {
  if (source === null) return []
  const field = `${own.path}.out_of_distribution`
  return [{ name: source, sha256: null, role: 'statistics', field }]
}

function readTrainingData(field: Field): string {
  if (!isMap(field)) return textOf(field)
  const named = ['id', 'name', 'source'].map(name => member(field, name))
  const found = named.find(candidate => !isAbsent(candidate))
  return found === undefined ? expected(field, 'a map with id, name or source') : wordOf(found)
}

function readCitation(field: Field): string {
  const text = ifPresent(member(field, 'text'), textOf, '')
  const doi = ifPresent(member(field, 'doi'), textOf, null)
  const url = ifPresent(member(field, 'url'), textOf, null)
  const where = doi === null ? url : `https://doi.org/${doi.replace(/^https?:\/\/doi\.org\//, '')}`
  return [text.trim(), where].filter(part => part !== null && part !== '').join(' ')
}

function nameOf(field: Field): string {
  return isMap(field) ? textOf(member(field, 'name')) : textOf(field)
}

function tensorsOf(read: readonly ReadTensor[]): readonly TensorDescription[] {
  return read.map(({ tensor }) => tensor)
}

/** Packages outside the Zoo have no id. */
function slug(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['model']
  return words.join('-').slice(0, 64)
}
