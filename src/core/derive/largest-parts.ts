import type { Labels } from '../image/labels.ts'
import { labelComponents } from './connected-components.ts'
import { areasOf } from './object-statistics.ts'

/** The pieces, joined through edges, that objects have been cut into. */
export interface Parts {
  readonly labels: Labels
  /** Pixels of each part, by its number. */
  readonly areas: Uint32Array
  /** The object that a part is the largest of; 0 for all other parts. */
  readonly largestOf: Uint32Array
}

/** Takes objects apart, and says which part of each is the largest: the first of equals. */
export function findLargestParts(objects: Labels): Parts {
  const labels = labelComponents(objects, 4)
  const areas = areasOf(labels)
  const objectOf = new Uint32Array(labels.count + 1)
  for (let i = 0; i < labels.pixels.length; i += 1) {
    objectOf[labels.pixels[i]!] = objects.pixels[i]!
  }
  const largest = new Uint32Array(objects.count + 1)
  for (let part = 1; part <= labels.count; part += 1) {
    const rival = largest[objectOf[part]!]!
    if (rival === 0 || areas[part]! > areas[rival]!) largest[objectOf[part]!] = part
  }
  const largestOf = objectOf.map((object, part) => (largest[object] === part ? object : 0))
  return { labels, areas, largestOf }
}
