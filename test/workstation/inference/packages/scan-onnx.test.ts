import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanOnnx, type OnnxSummary } from '#workstation/inference/packages/scan-onnx.ts'
import { fixture, fixturePath } from './fixture.ts'

/** What Python's onnx package says of the same files. */
const summaries = JSON.parse(readFileSync(fixturePath('summaries.json'), 'utf8')) as Readonly<
  Record<string, Omit<OnnxSummary, 'stochastic'>>
>
const root = new URL('../../../../', import.meta.url)
const unsafe = /custom-operator|reads-files|deep/

function scan(name: string): OnnxSummary {
  const summary = scanOnnx(fixture(name))
  if (!summary.ok) throw new Error(JSON.stringify(summary.fault))
  return summary.value
}

function refusal(bytes: Uint8Array): string {
  const summary = scanOnnx(bytes, 'weights.onnx')
  if (summary.ok || !('detail' in summary.fault)) throw new Error('it was accepted')
  return `${summary.fault.kind}: ${summary.fault.detail}`
}

describe('what the onnx package says', () => {
  const names = Object.keys(summaries).filter(
    name => !name.startsWith('data:') && !unsafe.test(name),
  )

  test('there are enough of them', () => {
    expect(names.length).toBeGreaterThanOrEqual(11)
  })

  test.each(names)('%s', name => {
    const path = fileURLToPath(new URL(name, root))
    expect(existsSync(path)).toBe(true)
    const summary = scanOnnx(Uint8Array.from(readFileSync(path)))
    if (!summary.ok) throw new Error(JSON.stringify(summary.fault))
    expect(summary.value).toMatchObject(summaries[name]!)
    expect(Object.keys(summary.value).length).toBe(Object.keys(summaries[name]!).length + 1)
  })
})

describe('what must not reach the runtime', () => {
  test.each([
    ['external-data.onnx', /refused.*external data/],
    ['external-claimed.onnx', /refused.*external data/],
    ['external-in-branch.onnx', /refused.*external data/],
    ['external-in-function.onnx', /refused.*external data/],
    ['external-in-sparse.onnx', /refused.*external data/],
    ['external-in-attribute.onnx', /refused.*external data/],
    ['custom-operator.onnx', /refused.*org\.example Sharpen; allowed: operators of ONNX/],
    ['reads-files.onnx', /refused.*com\.microsoft EPContext, which reads other files/],
    ['deep.onnx', /refused.*nests graphs deeper than 16/],
  ])('%s', (name, message) => {
    expect(refusal(fixture(name))).toMatch(message)
  })

  test('what harms only when it is run is for the dry run, and not refused here', () => {
    expect(scan('endless-loop.onnx').subgraphs).toBe(1)
    expect(scan('huge-allocation.onnx').initializers.bytes).toBe(8)
  })

  test.each([
    ['nothing', [], /invalid.*not an ONNX file/],
    ['a text', [...Buffer.from('weights, really')], /refused/],
    ['a number that ends with the file', [0x08, 0x80], /ends in the middle of a number/],
    [
      'a number of eleven bytes',
      [0x08, ...Array.from({ length: 11 }, () => 0x80), 1],
      /more than ten bytes/,
    ],
    ['a length beyond the file', [0x3a, 0x7f, 1], /ends before its fields do/],
    [
      'a length of 2⁶³',
      [0x3a, ...Array.from({ length: 9 }, () => 0xff), 0x7f],
      /length beyond itself/,
    ],
    ['a field without a number', [0x00, 0x01], /without a number/],
    ['a group', [0x0b, 0x0c], /of kind 3, which ONNX does not use/],
    ['a number where a graph should be', [0x38, 0x01], /not the message it should be/],
    [
      'a version beyond numbers',
      [0x08, ...Array.from({ length: 8 }, () => 0xff), 0x7f],
      /field 1 .* is 9223/,
    ],
    ['a graph alone', [0x3a, 0x00], /invalid.*version, operator set or graph are missing/],
    ['two graphs', [0x08, 8, 0x3a, 0, 0x3a, 0, 0x42, 2, 0x10, 15], /invalid/],
    ['a text that is not UTF-8', [0x12, 1, 0xff], /not UTF-8/],
  ])('%s', (_, bytes, message) => {
    expect(refusal(Uint8Array.from(bytes))).toMatch(message)
  })

  test.each([
    ['sizes below zero', [0x08, ...Array.from({ length: 9 }, () => 0xff), 0x01], /sizes -1/],
    ['more bytes than values', [0x08, 2, 0x10, 1, 0x4a, 3, 0, 0, 0], /has 3 bytes for 8/],
    [
      'sizes beyond numbers',
      [0x0a, 12, 255, 255, 255, 255, 255, 31, 255, 255, 255, 255, 255, 31],
      /has the sizes/,
    ],
    ['a packed number that does not end', [0x0a, 2, 0x80, 0x80], /does not end/],
  ])('a tensor with %s', (_, tensor, message) => {
    const graph = [0x2a, tensor.length, ...tensor]
    expect(refusal(Uint8Array.of(0x08, 8, 0x3a, graph.length, ...graph))).toMatch(message)
  })

  test('a million and one nodes, within five seconds', () => {
    const nodes = Buffer.alloc(2 * 1_000_001)
    for (let i = 0; i < nodes.length; i += 2) nodes.set([0x0a, 0], i)
    const length: number[] = []
    for (let rest = nodes.length; rest > 0; rest >>>= 7)
      length.push((rest & 127) | (rest > 127 ? 128 : 0))
    const before = performance.now()
    expect(refusal(Uint8Array.from(Buffer.concat([Buffer.of(0x3a, ...length), nodes])))).toMatch(
      /more than 1000000 nodes/,
    )
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test('whatever is done to a network, it is read or refused, and never thrown', () => {
    const names = ['weighed', 'branches', 'function', 'sparse', 'dropout-on', 'endless-loop']
    const files = names.map(name => fixture(`${name}.onnx`))
    const edits = fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(...files), edits, fc.nat(300), (file, changes, end) => {
        const bytes = file.slice(0, end < 100 ? end : undefined)
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
        scanOnnx(bytes)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('operators that draw random numbers', () => {
  test.each([
    ['noise.onnx', ['RandomNormalLike']],
    ['dropout-on.onnx', ['Dropout']],
    ['dropout-off.onnx', []],
    ['dropout-off-constant.onnx', []],
    ['weighed.onnx', []],
  ])('%s: %j', (name, stochastic) => {
    expect(scan(name).stochastic).toEqual(stochastic)
  })
})
