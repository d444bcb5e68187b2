import { expect, test } from 'vitest'
import {
  emptySamples,
  reverseBits,
  samplesOf,
  swapBytes,
  unpackRow,
} from '#workstation/reading/samples.ts'

test.each([
  { bits: 1, sampleFormat: 'unsigned', type: Uint8Array },
  { bits: 8, sampleFormat: 'unsigned', type: Uint8Array },
  { bits: 12, sampleFormat: 'unsigned', type: Uint16Array },
  { bits: 16, sampleFormat: 'signed', type: Uint16Array },
  { bits: 32, sampleFormat: 'unsigned', type: Uint32Array },
  { bits: 32, sampleFormat: 'float', type: Float32Array },
] as const)('$sampleFormat samples of $bits bits', ({ bits, sampleFormat, type }) => {
  const samples = emptySamples({ bits, sampleFormat }, 5)
  expect(samples).toBeInstanceOf(type)
  expect(samples).toHaveLength(5)
})

test('big-endian bytes are turned', () => {
  const bytes = Uint8Array.of(0x12, 0x34, 0xff, 0x00)
  swapBytes(bytes, 2)
  const samples = samplesOf(bytes, { bits: 16, sampleFormat: 'unsigned' })
  expect([...samples]).toEqual([0x1234, 0xff00])
})

test('packed samples go to every third place of a pixel that has three', () => {
  const out = new Uint16Array(7)
  unpackRow(Uint8Array.of(0xab, 0xcd, 0xef), 12, out, { start: 1, step: 3, count: 2 })
  expect([...out]).toEqual([0, 0xabc, 0, 0, 0xdef, 0, 0])
})

test('reversing bits twice changes nothing', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
  expect([...reverseBits(Uint8Array.of(0b0000_0001, 0b1100_1010))]).toEqual([128, 0b0101_0011])
  expect(reverseBits(reverseBits(bytes))).toEqual(bytes)
})
