import { expect, test } from 'vitest'
import { evenMap } from '#core/quality/quality-map.ts'

test('a map has a value for every tile, those at the border among them', () => {
  const plane = { width: 65, height: 64, pixels: new Uint8Array(65 * 64), fullScale: 255 }
  expect(evenMap(plane, 32, 0.5)).toEqual({
    width: 3,
    height: 2,
    step: 32,
    values: new Float32Array(6).fill(0.5),
  })
})
