import { pixelPath, type PixelRequest } from '#contract/pixels.ts'
import { fail, ok, type Fault, type Result } from '#core/fault.ts'

/** Samples of an image, row-major. */
export interface Samples {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array | Uint16Array | Uint32Array | Float32Array
  /** How many thumbnails of an atlas are still to be made. */
  readonly missing?: number
  /** Of a map: how many pixels of the plane are across one value. */
  readonly step?: number
}

/** How a window gets at `/pixels/…`: a plain fetch inside Electron, one that carries its secret in a browser. */
export type FetchPixels = (path: string, signal: AbortSignal) => Promise<Response>

/** Where pixels come from. An aborted request rejects with an AbortError; everything else is a result. */
export interface PixelSource {
  samples(request: PixelRequest, signal: AbortSignal): Promise<Result<Samples>>
  json<T>(request: PixelRequest, signal: AbortSignal): Promise<Result<T>>
}

const ARRAYS = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  float32: Float32Array,
} as const

export function createPixelSource(fetchPixels: FetchPixels): PixelSource {
  async function ask(request: PixelRequest, signal: AbortSignal): Promise<Result<Response>> {
    let response: Response
    try {
      response = await fetchPixels(pixelPath(request), signal)
    } catch (cause) {
      if (signal.aborted) throw cause
      return fail({ kind: 'host-unreachable', detail: 'no connection' })
    }
    if (response.ok) return ok(response)
    return fail(await faultOf(response))
  }

  return {
    async samples(request, signal) {
      const response = await ask(request, signal)
      if (!response.ok) return response
      const { headers } = response.value
      const type = headers.get('Pixel-Type') as keyof typeof ARRAYS
      const data = new ARRAYS[type](await response.value.arrayBuffer())
      const [width, height] = ['Pixel-Width', 'Pixel-Height'].map(name => Number(headers.get(name)))
      const missing = headers.get('Atlas-Missing')
      const step = headers.get('Map-Step')
      return ok({
        width: width!,
        height: height!,
        data,
        ...(missing === null ? {} : { missing: Number(missing) }),
        ...(step === null ? {} : { step: Number(step) }),
      })
    },

    async json(request, signal) {
      const response = await ask(request, signal)
      return response.ok ? ok(await response.value.json()) : response
    },
  }
}

async function faultOf(response: Response): Promise<Fault> {
  try {
    return (await response.json()) as Fault
  } catch {
    return { kind: 'host-unreachable', detail: `status ${response.status}` }
  }
}
