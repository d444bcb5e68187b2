export interface ScaleBar {
  /** In CSS pixels. */
  readonly width: number
  /** `50 µm` */
  readonly text: string
}

const STEPS = [5, 2, 1]

/**
 * A bar of a length that people count in: 1, 2 or 5 times a power of ten, no longer than `most` CSS pixels.
 *
 * @param pixelSize in µm; null where the file does not say, then the bar counts pixels.
 */
export function scaleBar(zoom: number, pixelSize: number | null, most: number): ScaleBar {
  const perUnit = zoom / (pixelSize ?? 1)
  const longest = most / perUnit
  const power = 10 ** Math.floor(Math.log10(longest))
  const length = STEPS.map(step => step * power).find(step => step <= longest * (1 + 1e-9)) ?? power
  return { width: length * perUnit, text: lengthText(length, pixelSize) }
}

function lengthText(length: number, pixelSize: number | null): string {
  if (pixelSize === null) return `${figure(length)} px`
  if (length >= 1000) return `${figure(length / 1000)} mm`
  if (length < 0.1) return `${figure(length * 1000)} nm`
  return `${figure(length)} µm`
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)))
}
