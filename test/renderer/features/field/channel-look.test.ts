import { expect, test } from 'vitest'
import { looksFor, rgbOf } from '../../../../src/renderer/features/field/channel-look.ts'

const colours = (channels: readonly string[]) => looksFor(channels, []).map(look => look.colour)

test('a channel alone is grey, even of nuclei', () => {
  expect(colours(['DAPI'])).toEqual(['#ffffff'])
})

test('the nuclear stain is blue wherever it stands, and no other channel is', () => {
  const [first, second, third] = colours(['FITC', 'Hoechst', 'TxRed'])
  expect(second).toBe('#3f6bff')
  expect(new Set([first, second, third]).size).toBe(3)
})

test('eight channels have eight colours', () => {
  const names = ['DAPI', 'FITC', 'TxRed', 'Cy5', 'AGP', 'RNA', 'Mito', 'ER']
  expect(new Set(colours(names)).size).toBe(8)
})

test('a look that somebody chose stays, and a ninth channel begins hidden', () => {
  const [dna] = looksFor(['DNA'], [])
  const chosen = { ...dna!, colour: '#ff4040', gamma: 0.5 }
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'DNA', 'i']
  const looks = looksFor(names, [chosen])
  expect(looks[7]).toEqual(chosen)
  expect(looks.map(({ shown }) => shown)).toEqual([...Array(8).fill(true), false])
})

test('colours become shares of light', () => {
  expect(rgbOf('#ff8000')).toEqual([1, 128 / 255, 0])
})
