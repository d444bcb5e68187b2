import type { Labels } from '../image/labels.ts'
import type { ObjectRuns } from './object-runs.ts'

const DIAGONAL = Math.SQRT2
const TURN = (1 + Math.SQRT2) / 2

/**
 * Length that an outline pixel adds, by 1 + 2 · (neighbours of the outline across its sides) +
 * 10 · (those across its corners), after Benkrid and Crookes 2000.
 */
const LENGTHS = new Float64Array(50)
for (const code of [5, 7, 15, 17, 25, 27]) LENGTHS[code] = 1
for (const code of [21, 33]) LENGTHS[code] = DIAGONAL
for (const code of [13, 23]) LENGTHS[code] = TURN

/**
 * Length of each object's outline, holes included, in pixels.
 *
 * scikit-image's `perimeter` with 4 neighbours, which CellProfiler uses: the outline runs through the
 * centres of the pixels that have a side at another object, at the background or at the image's edge.
 * It is 0 for one or two pixels.
 */
export function measurePerimeters(labels: Labels, runs: ObjectRuns): Float64Array {
  const outline = drawOutlines(labels, runs)
  const stride = labels.width + 2
  const perimeters = new Float64Array(runs.count)
  for (let object = 0; object < runs.count; object += 1) {
    const label = object + 1
    let perimeter = 0
    for (let run = runs.first[object]!; run < runs.first[object + 1]!; run += 1) {
      const row = (runs.y[run]! + 1) * stride + 1
      for (let i = row + runs.start[run]!; i < row + runs.end[run]!; i += 1) {
        if (outline[i] !== label) continue
        let code = 1
        if (outline[i - 1] === label) code += 2
        if (outline[i + 1] === label) code += 2
        if (outline[i - stride] === label) code += 2
        if (outline[i + stride] === label) code += 2
        if (outline[i - stride - 1] === label) code += 10
        if (outline[i - stride + 1] === label) code += 10
        if (outline[i + stride - 1] === label) code += 10
        if (outline[i + stride + 1] === label) code += 10
        perimeter += LENGTHS[code]!
      }
    }
    perimeters[object] = perimeter
  }
  return perimeters
}

/** The labels of outline pixels, everything else 0, with a margin of one pixel all round. */
function drawOutlines({ width, height, pixels }: Labels, runs: ObjectRuns): Uint32Array {
  const stride = width + 2
  const outline = new Uint32Array(stride * (height + 2))
  for (let object = 0; object < runs.count; object += 1) {
    const label = object + 1
    for (let run = runs.first[object]!; run < runs.first[object + 1]!; run += 1) {
      const y = runs.y[run]!
      const first = runs.start[run]!
      const last = runs.end[run]! - 1
      const atEdge = y === 0 || y === height - 1
      const to = (y + 1) * stride + 1
      outline[to + first] = label
      outline[to + last] = label
      for (let x = first + 1; x < last; x += 1) {
        const i = y * width + x
        const inside = !atEdge && pixels[i - width] === label && pixels[i + width] === label
        if (!inside) outline[to + x] = label
      }
    }
  }
  return outline
}
