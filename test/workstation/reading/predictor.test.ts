import { expect, test } from 'vitest'
import { addHorizontally, joinFloatBytes } from '#workstation/reading/predictor.ts'

test('differences add up along each row, modulo the size of a sample', () => {
  const samples = Uint16Array.of(10, 65535, 5, 1, 1, 1)
  addHorizontally(samples, 3, 1)
  expect([...samples]).toEqual([10, 9, 14, 1, 2, 3])
})

test('the samples of a colour add up by themselves', () => {
  const samples = Uint8Array.of(1, 100, 200, 1, 1, 100)
  addHorizontally(samples, 6, 3)
  expect([...samples]).toEqual([1, 100, 200, 2, 101, 44])
})

test('floats are put together from differences of their bytes, highest bytes first', () => {
  // 1 is 3f 80 00 00 and −2 is c0 00 00 00: rows of highest bytes, then the next, as differences.
  const planes = [0x3f, 0xc0, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00]
  const bytes = Uint8Array.from(planes, (byte, i) => byte - (planes[i - 1] ?? 0))
  joinFloatBytes(bytes, 2, 1)
  expect([...new Float32Array(bytes.buffer)]).toEqual([1, -2])
})
