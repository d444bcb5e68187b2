/** Image of whole, small, non-negative numbers, row-major: what histograms and floods walk through. */
export interface LevelImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array | Uint16Array
}
