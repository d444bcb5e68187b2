import { describe, expect, test } from 'vitest'
import type { Plane } from '#core/image/plane.ts'
import { applyProcessing } from '#core/infer/apply-processing.ts'
import type { TensorDescription } from '#core/infer/model-description.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'
import { planarAxes, showField } from '#core/infer/show-field.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { axesOf } from '../../support/network-axes.ts'

const WIDTH = 37
const HEIGHT = 23
const AS_IT_IS = { illumination: 'as-is', intensity: { scope: 'field' } } as const

function camera(key: string, offset = 400, spread = 3000): Plane & { pixels: Uint16Array } {
  const random = randomFrom('camera', key)
  const pixels = Uint16Array.from(
    { length: WIDTH * HEIGHT },
    (_, i) => offset + (i % WIDTH) * 5 + spread * random.uniform() ** 6,
  )
  return { width: WIDTH, height: HEIGHT, pixels, fullScale: 65535 }
}

function asFloats({ pixels, ...rest }: Plane): Plane {
  return { ...rest, pixels: Float32Array.from(pixels) }
}

function input(...processing: readonly ProcessingStep[]): TensorDescription {
  return {
    ...{ id: 'image', description: '', dtype: 'float32', testTensor: null, optional: false },
    axes: axesOf('batch', 'channel', 'y', 'x'),
    processing,
  }
}

function range(
  axes: readonly string[] | null,
  rest: Partial<Extract<ProcessingStep, { id: 'scale_range' }>> = {},
): ProcessingStep {
  const percentiles = { minPercentile: 1, maxPercentile: 99.8 }
  return { id: 'scale_range', axes, ...percentiles, eps: 1e-6, reference: null, ...rest }
}

/** What the description says, over the whole field, step by step. */
function byDescription(planes: readonly Plane[], { axes, processing }: TensorDescription) {
  const data = Float32Array.from(planes.flatMap(({ pixels }) => [...pixels]))
  return applyProcessing({ data, dims: [1, planes.length, HEIGHT, WIDTH] }, axes, processing)
}

function furthest(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length)
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

describe('showField', () => {
  test('takes percentiles over the whole field, by ranks as numpy does', () => {
    const plane = camera('ranks')
    const { data, dims } = showField([plane], input(range(['channel', 'y', 'x'])), AS_IT_IS)
    const rising = [...plane.pixels].sort((a, b) => a - b)
    const at = (percent: number): number => {
      const place = (rising.length - 1) * (percent / 100)
      const below = rising[Math.floor(place)]!
      return below + (rising[Math.ceil(place)]! - below) * (place - Math.floor(place))
    }
    expect(dims).toEqual([1, 1, HEIGHT, WIDTH])
    const [low, high] = [at(1), at(99.8)]
    const expected = Float32Array.from(plane.pixels, value => (value - low) / (high - low + 1e-6))
    expect(furthest(data, expected)).toBeLessThan(1e-6)
    // Both ends are cut into, so that the percentiles are not the extremes.
    expect(Math.min(...data)).toBeLessThan(0)
    expect(Math.max(...data)).toBeGreaterThan(1)
  })

  test.each([
    { name: 'over the image', steps: [range(['channel', 'y', 'x'])] },
    { name: 'over everything', steps: [range(null)] },
    { name: 'over the pixels', steps: [range(['y', 'x'])] },
    {
      name: 'with a clip behind',
      steps: [range(['y', 'x']), { id: 'clip', min: -0.1, max: 1.2 }],
    },
    { name: 'of each column', steps: [range(['y'])] },
    { name: 'of each row', steps: [range(['channel', 'x'])] },
    {
      name: 'between the extremes',
      steps: [range(null, { minPercentile: 0, maxPercentile: 100 })],
    },
  ] as readonly { name: string; steps: readonly ProcessingStep[] }[])(
    'gives whole numbers what it gives real ones: a range $name',
    ({ steps }) => {
      const plane = camera('whole')
      const wanted = input(...steps)
      const quick = showField([plane], wanted, AS_IT_IS)
      expect(furthest(quick.data, byDescription([plane], wanted).data)).toBeLessThan(2e-6)
      const slow = showField([asFloats(plane)], wanted, AS_IT_IS)
      expect(furthest(quick.data, slow.data)).toBeLessThan(2e-6)
    },
  )

  test('also of an image of one grey level, which has no range', () => {
    const plane = { ...camera('flat'), pixels: new Uint16Array(WIDTH * HEIGHT).fill(700) }
    const { data } = showField([plane], input(range(['y', 'x'])), AS_IT_IS)
    expect(data.every(value => value === 0)).toBe(true)
  })

  test('also where a type is named first', () => {
    const plane = camera('typed')
    const typed = input({ id: 'ensure_dtype', dtype: 'float32' }, range(['y', 'x']))
    const untyped = input(range(['y', 'x']))
    expect(showField([plane], typed, AS_IT_IS)).toEqual(showField([plane], untyped, AS_IT_IS))
  })

  test('shows several channels in their order, each or all with their statistics', () => {
    const planes = [camera('first'), camera('second', 20, 100)]
    for (const axes of [['y', 'x'], ['channel', 'y', 'x'], null]) {
      const wanted = input(range(axes))
      const shown = showField(planes, wanted, AS_IT_IS)
      expect(shown.dims).toEqual([1, 2, HEIGHT, WIDTH])
      expect(furthest(shown.data, byDescription(planes, wanted).data)).toBeLessThan(2e-6)
    }
    const own = showField(planes, input(range(['y', 'x'])), AS_IT_IS).data
    const alone = showField([planes[1]!], input(range(['y', 'x'])), AS_IT_IS).data
    expect(furthest(own.subarray(WIDTH * HEIGHT), alone)).toBeLessThan(2e-6)
  })

  test('takes the plate’s grey levels for the statistics of every field', () => {
    const intensity = { scope: 'plate', low: 400, high: 2400 } as const
    const params = { illumination: 'as-is', intensity } as const
    const wanted = input(range(['y', 'x']), { id: 'clip', min: 0, max: 1 })
    for (const plane of [camera('dim', 400, 500), camera('bright', 400, 9000)]) {
      const expected = Float32Array.from(plane.pixels, value =>
        Math.min(1, Math.max(0, (value - 400) / 2000)),
      )
      const { data } = showField([plane], wanted, params)
      expect(furthest(data, expected)).toBeLessThan(1e-6)
    }
  })

  test('evens out the light before it takes percentiles', () => {
    const plane = camera('shaded')
    plane.pixels.forEach((value, i) => {
      plane.pixels[i] = value * (1 + (i % WIDTH) / WIDTH)
    })
    const wanted = input(range(['y', 'x']))
    const flat = showField([plane], wanted, { ...AS_IT_IS, illumination: 'flatten' }).data
    const steep = showField([plane], wanted, AS_IT_IS).data
    const slope = (data: Float32Array): number => medianOf(data, 30) - medianOf(data, 3)
    expect(Math.abs(slope(flat))).toBeLessThan(Math.abs(slope(steep)) / 2)
  })

  test('bears pixels that are no numbers', () => {
    const plane = asFloats(camera('holes'))
    plane.pixels[5] = NaN
    plane.pixels[50] = Infinity
    const { data } = showField([plane], input(range(['y', 'x'])), AS_IT_IS)
    expect(data.every(value => Number.isFinite(value))).toBe(true)
  })

  test('refuses a field without planes', () => {
    expect(() => showField([], input(), AS_IT_IS)).toThrow('at least one channel')
  })
})

test('axes are named as the network names them, whatever their order', () => {
  const own = axesOf('batch', 'y', 'x', 'channel').map(axis =>
    axis.kind === 'channel' ? { ...axis, id: 'c' } : axis,
  )
  expect(planarAxes(own).map(({ id }) => id)).toEqual(['batch', 'c', 'y', 'x'])
  expect(planarAxes(axesOf('y', 'x')).map(({ id }) => id)).toEqual(['batch', 'channel', 'y', 'x'])
})

/** Of a column. */
function medianOf(data: Float32Array, column: number): number {
  const values = Array.from({ length: HEIGHT }, (_, y) => data[y * WIDTH + column]!)
  return values.sort((a, b) => a - b)[HEIGHT >> 1]!
}
