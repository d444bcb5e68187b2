export type Pixels = Uint8Array | Uint16Array | Float32Array

/** One channel, one focal plane, row-major. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly pixels: Pixels
  /**
   * Largest value the camera can produce, not the largest the array can hold.
   * A 12-bit sensor stored in a Uint16Array saturates at 4095. Of a Float32Array it is the largest that was stored: 1, or
   * that of the counts which were: 32,767 for signed ones of 16 bits, 2³² − 1 for those of 32.
   */
  readonly fullScale: number
  /** 1 where one of the colours that the plane was made of is at the camera's end; left out where none is. */
  readonly clipped?: Uint8Array
}

/**
 * Largest value the container can hold, by which CellProfiler scales pixels to 0…1:
 * 255 for 8 bits, 65535 for 16 bits, 1 for float, the largest of signed counts and of those of 32 bits.
 */
export function containerRange(plane: Plane): number {
  if (plane.pixels instanceof Uint8Array) return 255
  if (plane.pixels instanceof Uint16Array) return 65535
  return plane.fullScale
}
