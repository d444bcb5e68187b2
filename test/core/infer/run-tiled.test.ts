import { describe, expect, test } from 'vitest'
import { padReflect } from '#core/infer/pad-reflect.ts'
import { forEachTile, runTiled, type TilingOptions } from '#core/infer/run-tiled.ts'
import type { NamedTensors, Tensor } from '#core/infer/tensor.ts'
import { planTiles, type TilePlan, type TileRequest } from '#core/infer/tile-plan.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { runUnet, UNET_REACH, UNET_STEP } from '../../support/unet.ts'

const PLAIN: TilingOptions = { batch: 1, blend: 'none' }

function noise(channels: number, width: number, height: number): Tensor {
  const random = randomFrom('tiles', channels, width, height)
  const data = Float32Array.from({ length: channels * width * height }, () => random.uniform())
  return { data, dims: [1, channels, height, width] }
}

function unetTiles(width: number, height: number, tile: number, halo = UNET_REACH): TileRequest {
  return { width, height, tile, halo, step: UNET_STEP }
}

const unet = (tiles: Tensor): Promise<NamedTensors> => Promise.resolve({ ...runUnet(tiles) })

/** The whole image at once, by hand: mirrored around, run, the border cut off. */
function untiled(image: Tensor): { maps: Tensor; features: Tensor } {
  const [, , height, width] = image.dims as [number, number, number, number]
  const right = UNET_REACH + Math.ceil(width / UNET_STEP) * UNET_STEP - width
  const bottom = UNET_REACH + Math.ceil(height / UNET_STEP) * UNET_STEP - height
  const { maps, features } = runUnet(
    padReflect(image, { top: UNET_REACH, left: UNET_REACH, bottom, right }),
  )
  return {
    maps: cut(maps, UNET_REACH, width, height),
    features: cut(features, UNET_REACH / 4, Math.ceil(width / 4), Math.ceil(height / 4)),
  }
}

function cut(map: Tensor, border: number, width: number, height: number): Tensor {
  return padReflect(map, {
    top: -border,
    left: -border,
    bottom: border + height - map.dims[2]!,
    right: border + width - map.dims[3]!,
  })
}

describe('tiles of a U-Net', () => {
  test.each([
    { width: 64, height: 64, tile: 64, batch: 1 },
    { width: 64, height: 64, tile: 48, batch: 3 },
    { width: 101, height: 67, tile: 52, batch: 4 },
    { width: 67, height: 230, tile: 90, batch: 2 },
    { width: 257, height: 255, tile: 128, batch: 100 },
    { width: 37, height: 5, tile: 48, batch: 2 },
    { width: 3, height: 1, tile: 64, batch: 1 },
  ])('are the whole $width × $height to the last bit, tile $tile', async size => {
    const { width, height, tile, batch } = size
    const image = noise(2, width, height)
    const plan = planTiles(unetTiles(width, height, tile))
    expect(await runTiled(image, plan, unet, { batch, blend: 'none' })).toEqual(untiled(image))
  })

  test('are not where the halo is smaller than what the network looks at', async () => {
    const image = noise(2, 101, 67)
    const plan = planTiles(unetTiles(101, 67, 52, UNET_STEP))
    const { maps } = await runTiled(image, plan, unet, PLAIN)
    expect(maps).not.toEqual(untiled(image).maps)
  })

  test('come with fixed sizes, as a network without free axes takes them', async () => {
    const image = noise(2, 101, 67)
    const fixed = { kind: 'fixed', size: 80 } as const
    const request = { ...unetTiles(101, 67, 10), sizes: { width: fixed, height: fixed } }
    const fed: (readonly number[])[] = []
    const result = await runTiled(
      image,
      planTiles(request),
      tiles => {
        fed.push(tiles.dims)
        return unet(tiles)
      },
      PLAIN,
    )
    expect(new Set(fed.map(String))).toEqual(new Set(['1,2,80,80']))
    expect(result).toEqual(untiled(image))
  })

  test('faded into each other stay the whole where it looks no further than half the halo', async () => {
    const image = noise(2, 150, 131)
    const plan = planTiles(unetTiles(150, 131, 84, 2 * UNET_REACH))
    expect(plan.tiles.length).toBeGreaterThan(9)
    const tiled = await runTiled(image, plan, unet, { batch: 2, blend: 'linear' })
    const whole = untiled(image)
    expect(worstOf(tiled['maps']!, whole.maps)).toBeLessThan(1e-6)
    expect(worstOf(tiled['features']!, whole.features)).toBeLessThan(1e-6)
  })

  test('faded into each other have smaller steps where it looks too far', async () => {
    const image = noise(2, 150, 131)
    const { maps: whole } = untiled(image)
    const plan = planTiles(unetTiles(150, 131, 48, 8))
    const { maps: hard } = await runTiled(image, plan, unet, PLAIN)
    const { maps: faded } = await runTiled(image, plan, unet, { batch: 1, blend: 'linear' })
    const hardStep = stepsAt(difference(hard!, whole), plan)
    expect(hardStep).toBeGreaterThan(0)
    expect(stepsAt(difference(faded!, whole), plan)).toBeLessThan(hardStep / 2)
  })
})

function difference(a: Tensor, b: Tensor): Tensor {
  return { data: a.data.map((value, i) => value - b.data[i]!), dims: a.dims }
}

function worstOf(a: Tensor, b: Tensor): number {
  return difference(a, b).data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** Mean step from one pixel to the next across the upright borders between cores. */
function stepsAt({ data }: Tensor, { width, height, tiles }: TilePlan): number {
  const borders = [...new Set(tiles.map(({ core }) => core.left))].filter(left => left > 0)
  const steps = borders.flatMap(left =>
    Array.from({ length: height }, (_, y) => {
      const at = y * width + left
      return Math.abs(data[at]! - data[at - 1]!)
    }),
  )
  return steps.reduce((sum, step) => sum + step, 0) / steps.length
}

/** Nothing but shifts and a maximum over a pooling grid, quick enough for 10,000 pixels a side. */
function shifted({ data, dims }: Tensor): NamedTensors {
  const [images, , height, width] = dims as [number, number, number, number]
  const out = new Float32Array(data.length)
  for (let row = 3; row < images * height - 3; row += 1) {
    for (let x = 8; x < width - 8; x += 1) {
      const at = row * width + x
      out[at] = data[at - 3 * width - 5]! - 2 * data[at + 2 * width + 7]! + (x % 8 === 0 ? 1 : 0)
    }
  }
  return { map: { data: out, dims } }
}

describe('tiles of a large image', () => {
  test.each([
    { width: 10_000, height: 203 },
    { width: 203, height: 10_000 },
    { width: 2161, height: 2159 },
  ])('are the whole, $width × $height', async ({ width, height }) => {
    const image = noise(1, width, height)
    const request = { width, height, tile: 512, halo: 8, step: 8 }
    const { map } = await runTiled(image, planTiles(request), run(shifted), {
      batch: 4,
      blend: 'none',
    })
    const one = planTiles({ ...request, tile: 10_100 })
    expect(one.tiles).toHaveLength(1)
    const { map: whole } = await runTiled(image, one, run(shifted), PLAIN)
    expect(Buffer.compare(Buffer.from(map!.data.buffer), Buffer.from(whole!.data.buffer))).toBe(0)
  })
})

function run(network: (tiles: Tensor) => NamedTensors): (tiles: Tensor) => Promise<NamedTensors> {
  return tiles => Promise.resolve(network(tiles))
}

describe('forEachTile', () => {
  const image = noise(1, 90, 70)
  const plan = planTiles({ width: 90, height: 70, tile: 48, halo: 8, step: 8 })
  const identity = run(tiles => ({ same: tiles }))

  test('hands over the pixels of each core, in place', async () => {
    await forEachTile(image, plan, identity, { batch: 3, blend: 'none' }, (core, { same }) => {
      expect(same).toMatchObject({ left: core.left, top: core.top, fullWidth: 90, fullHeight: 70 })
      const { left, top, width, height } = core
      const padding = {
        top: -top,
        left: -left,
        bottom: top + height - 70,
        right: left + width - 90,
      }
      expect(same!.tensor).toEqual(padReflect(image, padding))
    })
  })

  test('feeds no more than a batch at a time, each tile once', async () => {
    const batches: number[] = []
    const count = (tiles: Tensor): Promise<NamedTensors> => {
      batches.push(tiles.dims[0]!)
      return identity(tiles)
    }
    await forEachTile(image, plan, count, { batch: 4, blend: 'none' }, () => undefined)
    expect(Math.max(...batches)).toBe(4)
    expect(batches.reduce((sum, size) => sum + size)).toBe(plan.tiles.length)
  })

  test.each([8, 24, 40])('gives weights that add up to 1 at every pixel, halo %i', async halo => {
    const narrow = planTiles({ width: 90, height: 70, tile: 2 * halo + 24, halo, step: 8 })
    const ones = run(({ dims }) => {
      const coarse = [dims[0]!, 1, dims[2]! / 8, dims[3]! / 8]
      return {
        fine: { data: new Float32Array(dims[0]! * dims[2]! * dims[3]!).fill(1), dims },
        coarse: {
          data: new Float32Array((dims[0]! * dims[2]! * dims[3]!) / 64).fill(1),
          dims: coarse,
        },
      }
    })
    const { fine, coarse } = await runTiled(image, narrow, ones, { batch: 2, blend: 'linear' })
    expect(coarse!.dims).toEqual([1, 1, 9, 12])
    for (const value of [...fine!.data, ...coarse!.data]) expect(value).toBeCloseTo(1, 6)
  })

  test('puts finer outputs together too', async () => {
    const doubled = run(({ data, dims }) => {
      const width = dims[3]!
      const out = new Float32Array(4 * data.length)
      for (let i = 0; i < out.length; i += 1) {
        const row = Math.floor(i / (2 * width))
        out[i] = data[(row >> 1) * width + ((i % (2 * width)) >> 1)]!
      }
      return { fine: { data: out, dims: [dims[0]!, 1, 2 * dims[2]!, 2 * width] } }
    })
    const { fine } = await runTiled(image, plan, doubled, { batch: 2, blend: 'none' })
    expect(fine!.dims).toEqual([1, 1, 140, 180])
    expect(fine!.data[57 * 180 + 101]).toBe(image.data[28 * 90 + 50])
  })

  test('refuses an output that is no image of its tile', async () => {
    const vector = run(() => ({ classes: { data: Float32Array.of(1, 2), dims: [1, 2] } }))
    const cropped = run(() => ({
      map: { data: new Float32Array(44 * 44), dims: [1, 1, 44, 44] },
    }))
    await expect(runTiled(image, plan, vector, PLAIN)).rejects.toThrow(RangeError)
    await expect(runTiled(image, plan, cropped, PLAIN)).rejects.toThrow('do not divide')
  })

  test('refuses an image that the plan is not for', async () => {
    await expect(runTiled(noise(1, 70, 90), plan, identity, PLAIN)).rejects.toThrow('90 × 70')
    const two = { data: new Float32Array(2 * 90 * 70), dims: [2, 1, 70, 90] }
    await expect(runTiled(two, plan, identity, PLAIN)).rejects.toThrow('Expected one image')
  })
})
