import type { Labels } from '../image/labels.ts'
import { labelComponents } from './connected-components.ts'
import { complementOf, objectPixels } from './mask-of.ts'

const NOBODY = 0
const SEVERAL = 0xffffffff

/** Fills the holes of each object: background that only pixels of one object enclose. */
export function fillObjectHoles(objects: Labels): Labels {
  const { width, height } = objects
  const gaps = labelComponents(complementOf(objectPixels(objects)), 4)
  const owner = new Uint32Array(gaps.count + 1).fill(NOBODY)
  const claim = (gap: number, object: number): void => {
    if (object === NOBODY) return
    if (owner[gap] === NOBODY) owner[gap] = object
    else if (owner[gap] !== object) owner[gap] = SEVERAL
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const i = y * width + x
      const gap = gaps.pixels[i]!
      if (gap === 0 || owner[gap] === SEVERAL) continue
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
        owner[gap] = SEVERAL
        continue
      }
      claim(gap, objects.pixels[i - width]!)
      claim(gap, objects.pixels[i - 1]!)
      claim(gap, objects.pixels[i + 1]!)
      claim(gap, objects.pixels[i + width]!)
    }
  }
  const pixels = objects.pixels.slice()
  for (let i = 0; i < pixels.length; i += 1) {
    const holder = owner[gaps.pixels[i]!]!
    if (pixels[i] === 0 && holder !== SEVERAL) pixels[i] = holder
  }
  return { ...objects, pixels }
}
