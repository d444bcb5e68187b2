/** A yes or no for each pixel, row-major: 1 is foreground, 0 is background. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}
