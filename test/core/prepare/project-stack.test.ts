import { expect, test } from 'vitest'
import type { Pixels } from '#core/image/plane.ts'
import { projectStack } from '#core/prepare/project-stack.ts'

function plane(pixels: Pixels, fullScale = 65535) {
  return { width: pixels.length, height: 1, pixels, fullScale }
}

test('the planes that go in are left as they were', () => {
  const first = Uint16Array.of(1, 2)
  const growing = projectStack('maximum')
  growing.add(plane(first))
  growing.add(plane(Uint16Array.of(9, 1)))
  expect([...growing.finish().pixels]).toEqual([9, 2])
  expect([...first]).toEqual([1, 2])
})

test('a mean of whole counts is rounded, halves to the even one', () => {
  const growing = projectStack('mean')
  growing.add(plane(Uint8Array.of(0, 1, 2, 255, 7)))
  growing.add(plane(Uint8Array.of(1, 2, 3, 255, 7)))
  expect(growing.finish().pixels).toEqual(Uint8Array.of(0, 2, 2, 255, 7))
})

test('the largest range of the planes is that of the projection', () => {
  const growing = projectStack('maximum')
  growing.add(plane(Uint16Array.of(1), 4095))
  growing.add(plane(Uint16Array.of(2), 16383))
  expect(growing.finish().fullScale).toBe(16383)
})

test('planes of another size or type do not go in', () => {
  for (const other of [Uint16Array.of(1, 2), Uint8Array.of(1)]) {
    const growing = projectStack('mean')
    growing.add(plane(Uint16Array.of(1)))
    expect(() => growing.add(plane(other))).toThrow(RangeError)
  }
})

test('nothing cannot be projected', () => {
  expect(() => projectStack('mean').finish()).toThrow(RangeError)
})
