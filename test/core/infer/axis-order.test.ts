import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromPlanar, toPlanar } from '#core/infer/axis-order.ts'
import { axesOf } from '../../support/network-axes.ts'

/** Each value says where it is: batch, channel, y and x as digits. */
function numbered(batch: number, channels: number, height: number, width: number) {
  const data: number[] = []
  for (let b = 0; b < batch; b += 1) {
    for (let c = 0; c < channels; c += 1) {
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) data.push(1000 * b + 100 * c + 10 * y + x)
      }
    }
  }
  return { data: Float32Array.from(data), dims: [batch, channels, height, width] }
}

describe('fromPlanar', () => {
  test('moves channels last', () => {
    const { data, dims } = fromPlanar(numbered(1, 2, 2, 3), axesOf('batch', 'y', 'x', 'channel'))
    expect(dims).toEqual([1, 2, 3, 2])
    expect([...data]).toEqual([0, 100, 1, 101, 2, 102, 10, 110, 11, 111, 12, 112])
  })

  test('transposes an image for a network that wants x before y', () => {
    const { data, dims } = fromPlanar(numbered(1, 1, 2, 3), axesOf('x', 'y'))
    expect(dims).toEqual([3, 2])
    expect([...data]).toEqual([0, 10, 1, 11, 2, 12])
  })

  test('gives a single focal plane to a network of volumes', () => {
    const volume = fromPlanar(numbered(1, 2, 2, 2), axesOf('batch', 'channel', 'z', 'y', 'x'))
    expect(volume.dims).toEqual([1, 2, 1, 2, 2])
    expect(volume.data).toEqual(numbered(1, 2, 2, 2).data)
  })

  test('refuses several images for a network without batch, and several channels without channels', () => {
    expect(() => fromPlanar(numbered(2, 1, 2, 2), axesOf('channel', 'y', 'x'))).toThrow(
      'no axis batch',
    )
    expect(() => fromPlanar(numbered(1, 2, 2, 2), axesOf('batch', 'y', 'x'))).toThrow(
      'no axis channel',
    )
  })
})

describe('toPlanar', () => {
  test('makes of the classes of an image a map of one pixel', () => {
    const classes = { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [2, 3] }
    expect(toPlanar(classes, axesOf('batch', 'channel'))).toEqual({
      data: classes.data,
      dims: [2, 3, 1, 1],
    })
  })

  test('refuses a volume of several planes', () => {
    const volume = { data: new Float32Array(8), dims: [1, 1, 2, 2, 2] }
    expect(() => toPlanar(volume, axesOf('batch', 'channel', 'z', 'y', 'x'))).toThrow('Axis z')
  })

  test('refuses a tensor of another rank', () => {
    expect(() => toPlanar(numbered(1, 1, 2, 2), axesOf('y', 'x'))).toThrow(RangeError)
  })

  test('undoes fromPlanar for every order of axes', () => {
    const orders = fc.shuffledSubarray(['batch', 'channel', 'y', 'x', 'z', 'time'], {
      minLength: 6,
      maxLength: 6,
    })
    const length = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(orders, length, length, length, length, (order, b, c, h, w) => {
        const image = numbered(b, c, h, w)
        const axes = axesOf(...order)
        expect(toPlanar(fromPlanar(image, axes), axes)).toEqual(image)
      }),
    )
  })
})
