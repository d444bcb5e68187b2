import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNpy, toTensor, writeNpy } from '#workstation/inference/packages/npy.ts'

function withHeader(header: string, values = new Uint8Array(0), version = 1): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length = version === 1 ? [text.length & 255, text.length >> 8] : lengthBytes(text.length)
  return Uint8Array.of(0x93, ...Buffer.from('NUMPY'), version, 0, ...length, ...text, ...values)
}

function lengthBytes(length: number): readonly number[] {
  return [...new Uint8Array(Uint32Array.of(length).buffer)]
}

function detailOf(bytes: Uint8Array): string {
  const array = readNpy(bytes)
  if (array.ok || !('detail' in array.fault)) throw new Error('it was read')
  return `${array.fault.kind}: ${array.fault.detail}`
}

const header = (shape: string, descr = '<f4', order = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`

describe('arrays that are not as they should be', () => {
  test.each([
    ['nothing', new Uint8Array(0), /does not begin/],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 1, 1, 1, 1, 1, 1, 1), /does not begin/],
    ['version 9', withHeader(header('()'), new Uint8Array(4), 9), /version 9 .* allowed: 1 to 3/],
    ['an endless header', withHeader('{'.padEnd(20_000), new Uint8Array(4), 2), /allowed: 10000/],
    [
      'a header of 4 GB',
      Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 2, 0, 255, 255, 255, 255),
      /refused.*4294967295/,
    ],
    ['half a header', withHeader(header('(2,)')).subarray(0, 30), /within its header/],
    ['too few values', withHeader(header('(2,)'), new Uint8Array(7)), /7 bytes, not 8/],
    ['too many values', withHeader(header('(2,)'), new Uint8Array(9)), /9 bytes, not 8/],
    ['petabytes', withHeader(header('(1048576, 1048576, 1024)')), /bytes, not/],
    ['a product beyond numbers', withHeader(header('(99999999999, 99999999999)')), /refused/],
    ['a negative size', withHeader(header('(-1, 4)')), /not one that NumPy writes/],
    ['65 axes', withHeader(header(`(${'1, '.repeat(65)})`), new Uint8Array(4)), /refused/],
    [
      'code for a shape',
      withHeader(header('(__import__("os").system("x"),)')),
      /not one that NumPy/,
    ],
    [
      'a fourth name',
      withHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': 1}"),
      /not one that NumPy/,
    ],
    [
      'no type',
      withHeader("{'fortran_order': False, 'shape': ()}"),
      /type of the array is missing; allowed: b1, f2/,
    ],
    [
      'quadruple precision',
      withHeader(header('(1,)', '<f16'), new Uint8Array(16)),
      /'<f16'.*allowed/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(detailOf(bytes)).toMatch(message)
  })

  test('whatever comes is read or refused, and never thrown', () => {
    const start = fc.constantFrom(withHeader(header('(2, 3)'), new Uint8Array(24)), withHeader(''))
    fc.assert(
      fc.property(
        start,
        fc.array(fc.tuple(fc.nat(90), fc.nat(255)), { maxLength: 5 }),
        (file, edits) => {
          const bytes = file.slice()
          for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte
          readNpy(bytes)
        },
      ),
    )
  })
})

describe('writing', () => {
  test('what is written is read again', () => {
    const any = fc.array(fc.float({ noNaN: false }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(any, values => {
        const array = readNpy(writeNpy([1, 2, 3], Float32Array.from(values)))
        expect(array.ok && toTensor(array.value)).toEqual({
          data: Float32Array.from(values),
          dims: [1, 2, 3],
        })
      }),
    )
  })

  test.each([
    ['little-endian', '<f4', [1.5, -2]],
    ['big-endian', '>f4', [1.5, -2]],
    ['bytes', '|u1', [7, 9]],
  ])('a part of a Buffer is read like any bytes, and left as it was: %s', (_, descr, values) => {
    const plain = new Uint8Array(descr === '|u1' ? 2 : 8)
    const view = new DataView(plain.buffer)
    values.forEach((value, i) => {
      if (descr === '|u1') plain[i] = value
      else view.setFloat32(4 * i, value, descr === '<f4')
    })
    const file = withHeader(header('(2,)', descr), plain)
    const part = Buffer.concat([new Uint8Array(3), file, new Uint8Array(5)])
    const before = Buffer.from(part)
    const array = readNpy(part.subarray(3, 3 + file.length))
    expect(array.ok && [...array.value.data]).toEqual(values)
    expect(part.equals(before)).toBe(true)
  })

  test('values that do not fill the array are our mistake', () => {
    expect(() => writeNpy([2, 2], new Float32Array(3))).toThrow('3 values for 2 × 2')
  })
})
