import { expect, test } from 'vitest'
import { featuresIn, featuresOfMac } from '../../../src/workstation/inference/processor-features.ts'

test('keeps the instruction sets that choose kernels, on x64 and on arm64', () => {
  expect(featuresIn('model name\t: X\nflags\t\t: fpu sse4_1 avx2 fma avx2x\nbugs\t: y')).toEqual([
    'avx2',
    'fma',
    'sse4_1',
  ])
  expect(featuresIn('Features\t: fp asimd i8mm')).toEqual(['asimd', 'i8mm'])
  expect(featuresIn('')).toEqual([])
})

test('keeps what a Mac says it has', () => {
  const said =
    'hw.optional.arm.FEAT_I8MM: 1\nhw.optional.arm.FEAT_SME: 0\nhw.optional.floatingpoint: 1\n'
  expect(featuresOfMac(said)).toEqual(['FEAT_I8MM', 'floatingpoint'])
})
