import type { Result } from '#core/fault.ts'
import { attempt, invalid, refuse, type PackageFault } from './objection.ts'
import { readOnnxTensor, readSparseTensor, type OnnxTensor } from './onnx-tensor.ts'
import { readOnnxValue, type OnnxValue } from './onnx-value.ts'
import { messageIn, textIn, wholeIn, wireFields, type WireField } from './protobuf-reader.ts'

/** What an ONNX file says of itself, without running it. */
export interface OnnxSummary {
  readonly irVersion: number
  /** '' is ONNX itself. */
  readonly opsets: readonly { readonly domain: string; readonly version: number }[]
  readonly producer: string
  readonly producerVersion: string
  readonly metadata: readonly { readonly key: string; readonly value: string }[]
  /** Without those that an initializer gives a value to. */
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  /** Weights: those of subgraphs count, constants in nodes do not. */
  readonly initializers: {
    readonly count: number
    readonly elements: number
    readonly bytes: number
    readonly largest: number
  }
  /** Of the graph, its subgraphs and its functions. */
  readonly nodes: number
  /** How often each operator occurs, by domain and name. */
  readonly operators: readonly OperatorCount[]
  /** Bodies of If, Loop, Scan and the like. */
  readonly subgraphs: number
  readonly functions: number
  /** Operators that draw random numbers of their own, so that no two runs need to be equal. */
  readonly stochastic: readonly string[]
}

export interface OperatorCount {
  readonly domain: string
  readonly operator: string
  readonly count: number
}

const MOST_NODES = 1_000_000
const DEEPEST = 16

/** ONNX, and what ONNX Runtime brings with it; the last two are what it makes itself while it optimises. */
const DOMAINS = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'com.microsoft',
  'com.microsoft.nchwc',
  'com.ms.internal.nhwc',
])

/** Reads a compiled network from a file that the node names. */
const READS_FILES = new Set(['com.microsoft EPContext'])

const RANDOM = new Set([
  ...['RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike'],
  ...['Multinomial', 'Bernoulli', 'com.microsoft Sampling'],
])
const DROPOUT = new Set([
  ...['Dropout', 'com.microsoft BiasDropout', 'com.microsoft BitmaskDropout'],
  'com.microsoft BitmaskBiasDropout',
])

/**
 * Walks a ModelProto (onnx.proto, IR 3 to 13) and refuses what must not reach the runtime: weights outside
 * the file, operators that it would have to load, structures made to exhaust their reader.
 *
 * It says nothing about whether the network is correct; the runtime does that, in a process of its own.
 */
export function scanOnnx(bytes: Uint8Array, path = ''): Result<OnnxSummary, PackageFault> {
  return attempt(path, () => summarise(bytes))
}

interface Findings {
  readonly initializers: OnnxTensor[]
  readonly operators: Map<string, OperatorCount>
  /** Tensors that are one value, and that is 0: what switches a dropout off. */
  readonly zeros: Set<string>
  /** Dropouts that may be switched on, and by what. */
  readonly dropouts: { readonly operator: string; readonly training: string }[]
  readonly functions: Set<string>
  nodes: number
  subgraphs: number
}

function summarise(bytes: Uint8Array): OnnxSummary {
  const findings: Findings = {
    initializers: [],
    operators: new Map(),
    zeros: new Set(),
    dropouts: [],
    functions: new Set(),
    nodes: 0,
    subgraphs: 0,
  }
  let irVersion = 0
  let producer = ''
  let producerVersion = ''
  const opsets: { domain: string; version: number }[] = []
  const metadata: { key: string; value: string }[] = []
  const inputs: OnnxValue[] = []
  const outputs: OnnxValue[] = []
  let graphs = 0
  for (const field of wireFields(bytes)) {
    switch (field.number) {
      case 1:
        irVersion = wholeIn(field)
        break
      case 2:
        producer = textIn(field)
        break
      case 3:
        producerVersion = textIn(field)
        break
      case 7: {
        graphs += 1
        const graph = walkGraph(messageIn(field), findings, 0)
        inputs.push(...graph.inputs)
        outputs.push(...graph.outputs)
        break
      }
      case 8:
        opsets.push(readOpset(messageIn(field)))
        break
      case 14:
        metadata.push(readEntry(messageIn(field)))
        break
      case 20:
        walkTraining(messageIn(field), findings)
        break
      case 25:
        walkFunction(messageIn(field), findings)
        break
      default:
    }
  }
  if (graphs !== 1 || irVersion < 1 || opsets.length === 0) {
    invalid('the weights are not an ONNX file: version, operator set or graph are missing')
  }
  refuseOperators(findings)
  return {
    irVersion,
    opsets,
    producer,
    producerVersion,
    metadata,
    inputs,
    outputs,
    initializers: weigh(findings.initializers),
    nodes: findings.nodes,
    operators: sorted(findings.operators),
    subgraphs: findings.subgraphs,
    functions: findings.functions.size,
    stochastic: stochasticOf(findings),
  }
}

interface GraphEnds {
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}

function walkGraph(message: Uint8Array, findings: Findings, depth: number): GraphEnds {
  if (depth > DEEPEST) refuse(`the ONNX file nests graphs deeper than ${DEEPEST}`)
  if (depth > 0) findings.subgraphs += 1
  const inputs: OnnxValue[] = []
  const outputs: OnnxValue[] = []
  const given = new Set<string>()
  for (const field of wireFields(message)) {
    if (field.number === 1) walkNode(messageIn(field), findings, depth)
    else if (field.number === 5 || field.number === 15) {
      const read = field.number === 5 ? readOnnxTensor : readSparseTensor
      const tensor = read(messageIn(field))
      findings.initializers.push(tensor)
      given.add(tensor.name)
      if (tensor.isZero) findings.zeros.add(tensor.name)
    } else if (field.number === 11) inputs.push(readOnnxValue(messageIn(field)))
    else if (field.number === 12) outputs.push(readOnnxValue(messageIn(field)))
  }
  return { inputs: inputs.filter(({ name }) => !given.has(name)), outputs }
}

function walkNode(message: Uint8Array, findings: Findings, depth: number): void {
  findings.nodes += 1
  if (findings.nodes > MOST_NODES) refuse(`the ONNX file has more than ${MOST_NODES} nodes`)
  const inputs: string[] = []
  const outputs: string[] = []
  let operator = ''
  let domain = ''
  let isZero = false
  for (const field of wireFields(message)) {
    if (field.number === 1) inputs.push(textIn(field))
    else if (field.number === 2) outputs.push(textIn(field))
    else if (field.number === 4) operator = textIn(field)
    else if (field.number === 5) isZero = walkAttribute(messageIn(field), findings, depth) || isZero
    else if (field.number === 7) domain = textIn(field)
  }
  const key = nameOf(domain, operator)
  const count = (findings.operators.get(key)?.count ?? 0) + 1
  findings.operators.set(key, { domain, operator, count })
  if (findings.operators.size > 10_000) refuse('the ONNX file has more than 10000 operators')
  if (operator === 'Constant' && isZero) outputs.forEach(name => findings.zeros.add(name))
  const training = inputs[inputs.length > 3 ? 4 : 2]
  if (DROPOUT.has(key) && training) findings.dropouts.push({ operator: key, training })
}

/** @returns whether it holds a tensor that is one value, and that is 0 */
function walkAttribute(message: Uint8Array, findings: Findings, depth: number): boolean {
  let isZero = false
  for (const field of wireFields(message)) {
    const { number } = field
    if (number === 5 || number === 10) isZero = readOnnxTensor(messageIn(field)).isZero
    else if (number === 6 || number === 11) walkGraph(messageIn(field), findings, depth + 1)
    else if (number === 22 || number === 23) readSparseTensor(messageIn(field))
  }
  return isZero
}

function walkFunction(message: Uint8Array, findings: Findings): void {
  let name = ''
  let domain = ''
  for (const field of wireFields(message)) {
    if (field.number === 1) name = textIn(field)
    else if (field.number === 7) walkNode(messageIn(field), findings, 0)
    else if (field.number === 10) domain = textIn(field)
    else if (field.number === 11) walkAttribute(messageIn(field), findings, 0)
  }
  findings.functions.add(nameOf(domain, name))
}

/** TrainingInfoProto: nothing of it is run, but nothing of it may lie outside the file either. */
function walkTraining(message: Uint8Array, findings: Findings): void {
  for (const field of wireFields(message)) {
    if (field.number <= 2) walkGraph(messageIn(field), findings, 1)
  }
}

function refuseOperators({ operators, functions }: Findings): void {
  for (const [key, { domain }] of operators) {
    if (READS_FILES.has(key)) refuse(`the ONNX file uses ${key}, which reads other files`)
    if (!DOMAINS.has(domain) && !functions.has(key)) {
      refuse(`the ONNX file uses the operator ${key}; allowed: operators of ONNX and ONNX Runtime`)
    }
  }
}

function stochasticOf({ operators, dropouts, zeros }: Findings): readonly string[] {
  const random = [...operators.keys()].filter(key => RANDOM.has(key))
  const open = dropouts.filter(({ training }) => !zeros.has(training))
  return [...new Set([...random, ...open.map(({ operator }) => operator)])].sort()
}

function nameOf(domain: string, operator: string): string {
  return domain === '' || domain === 'ai.onnx' ? operator : `${domain} ${operator}`
}

function sorted(operators: Findings['operators']): readonly OperatorCount[] {
  return [...operators].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
}

function weigh(tensors: readonly OnnxTensor[]): OnnxSummary['initializers'] {
  return {
    count: tensors.length,
    elements: tensors.reduce((sum, { elements }) => sum + elements, 0),
    bytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0),
    largest: tensors.reduce((most, { bytes }) => Math.max(most, bytes), 0),
  }
}

function readOpset(message: Uint8Array): { domain: string; version: number } {
  let domain = ''
  let version = 0
  for (const field of wireFields(message)) {
    if (field.number === 1) domain = textIn(field)
    else if (field.number === 2) version = wholeIn(field)
  }
  return { domain, version }
}

function readEntry(message: Uint8Array): { key: string; value: string } {
  const parts = new Map<number, string>()
  const fields: Iterable<WireField> = wireFields(message)
  for (const field of fields) parts.set(field.number, textIn(field))
  return { key: parts.get(1) ?? '', value: parts.get(2) ?? '' }
}
