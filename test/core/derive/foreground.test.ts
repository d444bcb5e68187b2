import { describe, expect, test } from 'vitest'
import { brightForeground } from '#core/derive/foreground.ts'

const row = (...values: number[]) => ({
  width: values.length,
  height: 1,
  pixels: Float32Array.from(values),
})

describe('brightForeground', () => {
  const image = row(1, 0, 2, 1, 100, 90, 110, 0, 95, 2, 105, 1, 400, 1)

  test('keeps dim objects that something very bright stands beside', () => {
    expect([...brightForeground(image, 10).pixels]).toEqual([
      0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0,
    ])
  })

  test('is empty where the upper class hardly stands out', () => {
    expect(brightForeground(image, 400).pixels.includes(1)).toBe(false)
    expect(brightForeground(row(3, 3, 3), 0).pixels.includes(1)).toBe(false)
  })
})
