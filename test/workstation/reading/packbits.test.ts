import { expect, test } from 'vitest'
import { decodePackBits } from '#workstation/reading/packbits.ts'

function decode(bytes: readonly number[], length: number): number[] {
  const out = new Uint8Array(length)
  return [...out.subarray(0, decodePackBits(Uint8Array.from(bytes), out))]
}

test('runs and literals alternate, as in the example of TIFF 6.0', () => {
  const packed = [0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22]
  expect(decode(packed, 14)).toEqual([
    0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0x22,
  ])
})

test('128 stands for nothing', () => {
  expect(decode([128, 128, 0, 5], 1)).toEqual([5])
})

test('data that end early give what they hold', () => {
  expect(decode([3, 1, 2], 4)).toEqual([1, 2])
  expect(decode([0xfe], 4)).toEqual([])
})

test('nothing is written beyond the end', () => {
  expect(decode([0x81, 9], 3)).toEqual([9, 9, 9])
  expect(decode([3, 1, 2, 3, 4], 2)).toEqual([1, 2])
})
