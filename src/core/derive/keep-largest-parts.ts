import type { Labels } from '../image/labels.ts'
import { labelComponents } from './connected-components.ts'
import { areasOf } from './object-statistics.ts'

/** Keeps of each object its largest part, parts being joined through edges: an object is one piece. */
export function keepLargestParts(objects: Labels): Labels {
  const parts = labelComponents(objects, 4)
  const areas = areasOf(parts)
  const largest = new Uint32Array(objects.count + 1)
  const objectOf = new Uint32Array(parts.count + 1)
  for (let i = 0; i < parts.pixels.length; i += 1) objectOf[parts.pixels[i]!] = objects.pixels[i]!
  for (let part = 1; part <= parts.count; part += 1) {
    const object = objectOf[part]!
    if (areas[part]! > areas[largest[object]!]! || largest[object] === 0) largest[object] = part
  }
  const pixels = new Uint32Array(parts.pixels.length)
  for (let i = 0; i < pixels.length; i += 1) {
    const part = parts.pixels[i]!
    const object = objectOf[part]!
    if (object !== 0 && largest[object] === part) pixels[i] = object
  }
  return { ...objects, pixels }
}
