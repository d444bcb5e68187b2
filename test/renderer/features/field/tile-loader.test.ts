import { describe, expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import type { PixelSource, Samples } from '../../../../src/renderer/lib/pixels.ts'
import { createTileLoader, raise } from '../../../../src/renderer/features/field/tile-loader.ts'

const version = '0'.repeat(16)
const wish = (planeId: number, ...more: readonly number[]) => ({
  key: `${planeId}`,
  requests: [planeId, ...more].map(
    id => ({ kind: 'about', planeId: id as PlaneId, version }) as const,
  ),
})

/** A source that answers when it is told to. */
function heldSource() {
  const asked = new Map<number, (reply: Result<Samples>) => void>()
  const aborted: number[] = []
  const pixels: PixelSource = {
    json: () => Promise.reject(new Error('not asked for')),
    samples: (request, signal) =>
      new Promise((resolve, reject) => {
        const id = 'planeId' in request ? request.planeId : -1
        asked.set(id, resolve)
        signal.addEventListener('abort', () => {
          aborted.push(id)
          reject(new DOMException('', 'AbortError'))
        })
      }),
  }
  return { pixels, asked, aborted }
}

const tile = (...data: readonly number[]) =>
  ok({ width: data.length, height: 1, data: Uint16Array.from(data) })
const turn = () => new Promise(resolve => setTimeout(resolve))

describe('a loader of tiles', () => {
  test('asks for six at a time, the most urgent first', async () => {
    const { pixels, asked } = heldSource()
    const loader = createTileLoader(pixels, () => {})
    loader.want([1, 2, 3, 4, 5, 6, 7].map(id => wish(id)))
    expect([...asked.keys()]).toEqual([1, 2, 3, 4, 5, 6])
    asked.get(3)!(tile(1))
    await turn()
    expect([...asked.keys()]).toContain(7)
    loader.dispose()
  })

  test('cancels what is no longer wanted, and goes on with what is', async () => {
    const { pixels, aborted } = heldSource()
    const arrived: string[] = []
    const loader = createTileLoader(pixels, key => arrived.push(key))
    loader.want([wish(1), wish(2)])
    loader.want([wish(2), wish(3)])
    await turn()
    expect(aborted).toEqual([1])
    expect(arrived).toEqual([])
    loader.dispose()
    await turn()
    expect(aborted).toEqual([1, 2, 3])
  })

  test('asks once for what is wanted again while it is on its way', () => {
    const { pixels, asked } = heldSource()
    const loader = createTileLoader(pixels, () => {})
    loader.want([wish(1)])
    asked.clear()
    loader.want([wish(1)])
    expect(asked.size).toBe(0)
    loader.dispose()
  })

  test('remembers why a tile cannot be had, until it is told to try again', async () => {
    const { pixels, asked } = heldSource()
    const loader = createTileLoader(pixels, () => {})
    const fault = { kind: 'image-truncated', path: 'a.tif', detail: '' } as const
    loader.want([wish(1)])
    asked.get(1)!(fail(fault))
    await turn()
    expect(loader.faultOf('1')).toEqual(fault)
    asked.clear()
    loader.want([wish(1)])
    expect(asked.size).toBe(0)
    loader.forgive()
    loader.want([wish(1)])
    expect([...asked.keys()]).toEqual([1])
    loader.dispose()
  })

  test('makes one tile of the brightest values of a stack', async () => {
    const { pixels, asked } = heldSource()
    const arrived: Result<Samples>[] = []
    const loader = createTileLoader(pixels, (_, reply) => arrived.push(reply))
    loader.want([wish(1, 2)])
    asked.get(1)!(tile(5, 1, 9))
    await turn()
    asked.get(2)!(tile(4, 8, 9))
    await turn()
    expect(arrived).toEqual([tile(5, 8, 9)])
  })
})

test('a sample that is not a number does not raise another', () => {
  const samples = Float32Array.of(1, 2)
  raise(samples, Float32Array.of(NaN, 3))
  expect([...samples]).toEqual([1, 3])
})
