import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readNpy, toTensor, writeNpy } from '#workstation/inference/packages/npy.ts'

interface ArrayCase {
  readonly name: string
  readonly file: string
  readonly dtype: string
  readonly dims: readonly number[]
  readonly fortran: boolean
  readonly inFile: readonly (number | string | boolean)[]
  readonly single: string
}

const golden = JSON.parse(
  readFileSync(new URL('npy_arrays.json', import.meta.url), 'utf8'),
) as { readonly arrays: readonly ArrayCase[]; readonly refused: readonly ArrayCase[] }

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'))
}

function read(file: string) {
  const array = readNpy(bytesOf(file))
  if (!array.ok) throw new Error(JSON.stringify(array.fault))
  return array.value
}

describe('arrays as NumPy writes them', () => {
  test.each(golden.arrays)('$name: every value is read exactly', expected => {
    const { dtype, dims, fortran, data } = read(expected.file)
    expect({ dtype, dims, fortran }).toEqual({
      dtype: expected.dtype,
      dims: expected.dims,
      fortran: expected.fortran,
    })
    const numbers = expected.inFile.map(value =>
      data instanceof BigInt64Array || data instanceof BigUint64Array
        ? BigInt(String(value))
        : Number(String(value).replace('inf', 'Infinity')),
    )
    expect(data).toEqual(Reflect.construct(data.constructor, [numbers]))
  })

  test.each(golden.arrays)('$name: as a tensor it is row-major single precision', expected => {
    const { data, dims } = toTensor(read(expected.file))
    expect(dims).toEqual(expected.dims)
    expect(data).toEqual(new Float32Array(bytesOf(expected.single).buffer))
  })

  const native = golden.arrays.filter(
    ({ name, fortran, dtype }) =>
      !/^>|version|big-endian/.test(name) && !fortran && dtype !== 'float16' && dtype !== 'bool',
  )
  test.each(native)('$name: written again it is the same file', ({ file }) => {
    const { dims, data } = read(file)
    expect(Buffer.from(writeNpy(dims, data)).toString('base64')).toBe(file)
  })

  test('there are enough of them', () => {
    expect([golden.arrays.length, native.length]).toEqual([31, 13])
  })

  test.each(golden.refused)('$name is no array of numbers', ({ file, name }) => {
    const array = readNpy(bytesOf(file), 'a.npy')
    expect(array).toMatchObject({
      ok: false,
      fault: { kind: name === 'objects' ? 'model-refused' : 'model-invalid', path: 'a.npy' },
    })
  })
})
