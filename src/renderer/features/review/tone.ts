import type { Samples } from '../../lib/pixels.ts'

/** Values that are shown as black and as white. */
export interface ToneRange {
  readonly low: number
  readonly high: number
}

/** How much of an image is let go to black and to white. */
const DARK_PERCENT = 0.1
const BRIGHT_PERCENT = 99.9

/** Contrast for a plane by what is known of its values. */
export function rangeOf(
  percentiles: readonly { readonly percent: number; readonly value: number }[],
): ToneRange {
  const at = (wanted: number): number =>
    percentiles.find(({ percent }) => percent === wanted)?.value ?? 0
  return { low: at(DARK_PERCENT), high: at(BRIGHT_PERCENT) }
}

/** Contrast by the values themselves, for an image small enough to sort. */
export function rangeOfSamples(data: Samples['data']): ToneRange {
  const sorted = data.toSorted()
  const at = (percent: number): number =>
    sorted[Math.round((percent / 100) * (sorted.length - 1))] ?? 0
  return { low: at(DARK_PERCENT), high: at(BRIGHT_PERCENT) }
}

/** Samples as grey pixels for a canvas: red, green, blue and opacity of each. */
export function toGrey(
  { data }: Pick<Samples, 'data'>,
  { low, high }: ToneRange,
): Uint8ClampedArray {
  const pixels = new Uint32Array(data.length)
  const scale = high > low ? 255 / (high - low) : 0
  for (let i = 0; i < data.length; i += 1) {
    const grey = Math.max(0, Math.min(255, (data[i]! - low) * scale + 0.5)) & 255
    pixels[i] = 0xff000000 | (grey << 16) | (grey << 8) | grey
  }
  return new Uint8ClampedArray(pixels.buffer)
}
