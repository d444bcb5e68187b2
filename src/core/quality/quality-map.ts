import type { Plane } from '../image/plane.ts'

/** A quality measure by place: one value for each tile of `step` by `step` pixels, row-major. */
export interface QualityMap {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
  readonly step: number
}

/** A map of a plane that has the same value everywhere. */
export function evenMap({ width, height }: Plane, step: number, value: number): QualityMap {
  const columns = Math.ceil(width / step)
  const rows = Math.ceil(height / step)
  const values = new Float32Array(columns * rows).fill(value)
  return { width: columns, height: rows, values, step }
}
