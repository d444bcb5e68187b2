import type { PixelRequest } from '#contract/pixels.ts'
import { ok, type Fault, type Result } from '#core/fault.ts'
import type { PixelSource, Samples } from '../../lib/pixels.ts'

/** Something to fetch. Several addresses make one tile of their brightest values. */
export interface TileWish {
  readonly key: string
  readonly requests: readonly PixelRequest[]
}

export interface TileLoader {
  /** What is wanted from now on, most urgent first. What is on its way and not among it is cancelled. */
  want(wishes: readonly TileWish[]): void
  /** Why a tile cannot be had. */
  faultOf(key: string): Fault | undefined
  /** Forgets faults, so that what failed is asked for again. */
  forgive(): void
  dispose(): void
}

/** A browser opens no more connections to one host over HTTP/1.1. */
const AT_ONCE = 6
const MOST_FAULTS = 500

/** @param arrived called with each tile that came, or that turned out not to be had. */
export function createTileLoader(
  pixels: PixelSource,
  arrived: (key: string, tile: Result<Samples>) => void,
): TileLoader {
  const faults = new Map<string, Fault>()
  const underWay = new Map<string, AbortController>()
  let queue: readonly TileWish[] = []

  function pump(): void {
    while (underWay.size < AT_ONCE && queue.length > 0) {
      const [next, ...rest] = queue
      queue = rest
      void load(next!)
    }
  }

  async function load({ key, requests }: TileWish): Promise<void> {
    const control = new AbortController()
    underWay.set(key, control)
    try {
      const tile = await brightest(pixels, requests, control.signal)
      if (control.signal.aborted) return
      if (!tile.ok) remember(key, tile.fault)
      underWay.delete(key)
      arrived(key, tile)
    } catch (cause) {
      if (!control.signal.aborted) throw cause
    } finally {
      if (underWay.get(key) === control) underWay.delete(key)
      pump()
    }
  }

  function remember(key: string, fault: Fault): void {
    if (faults.size >= MOST_FAULTS) faults.clear()
    faults.set(key, fault)
  }

  return {
    want(wishes) {
      const wanted = new Set(wishes.map(({ key }) => key))
      for (const [key, control] of underWay) {
        if (wanted.has(key)) continue
        underWay.delete(key)
        control.abort()
      }
      queue = wishes.filter(({ key }) => !underWay.has(key) && !faults.has(key))
      pump()
    },
    faultOf: key => faults.get(key),
    forgive: () => faults.clear(),
    dispose() {
      queue = []
      for (const control of underWay.values()) control.abort()
      underWay.clear()
    },
  }
}

/** One after the other: a stack of forty planes must not be in memory at once. */
async function brightest(
  pixels: PixelSource,
  requests: readonly PixelRequest[],
  signal: AbortSignal,
): Promise<Result<Samples>> {
  let most: Samples | null = null
  for (const request of requests) {
    const tile = await pixels.samples(request, signal)
    if (!tile.ok) return tile
    if (most === null) most = tile.value
    else raise(most.data, tile.value.data)
  }
  return ok(most!)
}

/** Raises each sample to the other's where that is brighter. */
export function raise(samples: Samples['data'], others: Samples['data']): void {
  const length = Math.min(samples.length, others.length)
  for (let i = 0; i < length; i += 1) if (others[i]! > samples[i]!) samples[i] = others[i]!
}
