/** Objects as a label image, row-major: 0 is background, objects are numbered 1 to `count` without gaps. */
export interface Labels {
  readonly width: number
  readonly height: number
  readonly pixels: Uint32Array
  readonly count: number
}
