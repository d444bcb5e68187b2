import type { Samples } from '../../lib/pixels.ts'
import { createByteCache } from './byte-cache.ts'
import type { Quad } from './frame.ts'
import { LAYER_BYTES, type DrawnPane, type ImageLayer } from './image-layer.ts'

/**
 * Channels drawn by the processor, for a browser without WebGL2. Slower, one screen pixel for each CSS pixel, and
 * without outlines and maps; the values are the same.
 */
export function createPlainLayer(canvas: HTMLCanvasElement): ImageLayer {
  const context = canvas.getContext('2d')
  const kept = createByteCache<Samples>(LAYER_BYTES / 2, () => {})

  return {
    has: key => kept.has(key),
    put: (key, samples) => kept.put(key, samples, samples.data.byteLength),
    get bytes() {
      return kept.bytes
    },
    draw(panes, pixelRatio) {
      if (context === null) return
      context.fillStyle = '#000'
      context.fillRect(0, 0, canvas.width, canvas.height)
      for (const pane of panes) {
        const width = Math.round(pane.size.width * pixelRatio)
        const height = Math.round(pane.size.height * pixelRatio)
        if (width < 1 || height < 1) continue
        const image = new ImageData(width, height)
        paintPane(image, pane, pixelRatio, key => kept.get(key))
        context.putImageData(
          image,
          Math.round(pane.x * pixelRatio),
          Math.round(pane.y * pixelRatio),
        )
      }
    },
    dispose: () => kept.clear(),
  }
}

/** Adds up a pane's channels in an image of its size. */
export function paintPane(
  image: Pick<ImageData, 'width' | 'height' | 'data'>,
  pane: Pick<DrawnPane, 'camera' | 'channels'>,
  pixelRatio: number,
  samplesOf: (key: string) => Samples | undefined,
): void {
  const { width, height, data } = image
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  const zoom = pane.camera.zoom * pixelRatio
  for (const { channel, quads } of pane.channels) {
    const { low, high } = channel.limits
    for (const quad of quads) {
      const samples = samplesOf(quad.key)
      if (samples === undefined) continue
      const left = width / 2 + (quad.x - pane.camera.x) * zoom
      const top = height / 2 + (quad.y - pane.camera.y) * zoom
      const lastX = Math.min(width, Math.ceil(left + quad.width * zoom - 0.5))
      const lastY = Math.min(height, Math.ceil(top + quad.height * zoom - 0.5))
      for (let y = Math.max(0, Math.ceil(top - 0.5)); y < lastY; y += 1) {
        const row = texel(quad, 'y', (y + 0.5 - top) / zoom, samples.height)
        for (let x = Math.max(0, Math.ceil(left - 0.5)); x < lastX; x += 1) {
          const column = texel(quad, 'x', (x + 0.5 - left) / zoom, samples.width)
          const value = samples.data[row * samples.width + column]!
          const share = Math.min(Math.max((value - low) / (high - low), 0), 1) || 0
          const light = 255 * share ** channel.gamma
          const at = 4 * (y * width + x)
          // Clamped arrays stop at white by themselves.
          data[at] = data[at]! + light * channel.colour[0]
          data[at + 1] = data[at + 1]! + light * channel.colour[1]
          data[at + 2] = data[at + 2]! + light * channel.colour[2]
        }
      }
    }
  }
}

function texel(quad: Quad, axis: 'x' | 'y', into: number, length: number): number {
  const begin = axis === 'x' ? quad.x - quad.originX : quad.y - quad.originY
  const scale = axis === 'x' ? quad.scaleX : quad.scaleY
  return Math.min(Math.max(Math.floor((begin + into) / scale), 0), length - 1)
}
