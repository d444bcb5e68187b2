import type { Samples } from './pixels.ts'

/** Values that are shown as black and as white. */
export interface Contrast {
  readonly low: number
  readonly high: number
}

/** How much of an image is let go to black and to white, in per cent of its pixels. */
const DARK_PERCENT = 0.1
const BRIGHT_PERCENT = 99.9

/** Contrast for a plane by what is known of its values. */
export function contrastOf(
  percentiles: readonly { readonly percent: number; readonly value: number }[],
): Contrast {
  const at = (wanted: number): number =>
    percentiles.find(({ percent }) => percent === wanted)?.value ?? 0
  return { low: at(DARK_PERCENT), high: at(BRIGHT_PERCENT) }
}

/** Contrast by the values themselves, for an image small enough to sort. */
export function contrastOfSamples(data: Samples['data']): Contrast {
  const sorted = data.toSorted()
  const at = (percent: number): number =>
    sorted[Math.round((percent / 100) * (sorted.length - 1))] ?? 0
  return { low: at(DARK_PERCENT), high: at(BRIGHT_PERCENT) }
}

/** Samples as grey pixels for a canvas: red, green, blue and opacity of each. */
export function greyPixels(
  { data }: Pick<Samples, 'data'>,
  { low, high }: Contrast,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(data.length)
  const scale = high > low ? 255 / (high - low) : 0
  for (let i = 0; i < data.length; i += 1) {
    const grey = Math.max(0, Math.min(255, (data[i]! - low) * scale + 0.5)) & 255
    pixels[i] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  }
  return new Uint8ClampedArray(pixels.buffer)
}

/** Samples as a canvas takes them. */
export function greyImage(samples: Samples, contrast: Contrast): ImageData {
  return new ImageData(greyPixels(samples, contrast), samples.width, samples.height)
}
