import type { Labels } from '../image/labels.ts'
import { areasOf } from './object-statistics.ts'
import { objectsAtBorder } from './objects-at-border.ts'

/** Below this share of the area that half of all objects' pixels belong to, an object is a fragment. */
const FRAGMENT = 0.1
/** So many whole objects say more than they and the cut ones together. */
const ENOUGH = 5

/**
 * Median equivalent diameter √(4·area/π) of the objects, in pixels; null without objects.
 *
 * Fragments do not count, and objects that the border cuts only where fewer than five others are left.
 */
export function typicalDiameter(labels: Labels): number | null {
  const areas = areasOf(labels)
  const atBorder = objectsAtBorder(labels)
  const present = areas.subarray(1).filter(area => area > 0)
  const smallest = FRAGMENT * areaOfHalf(present)
  const all = present.filter(area => area >= smallest)
  const whole = areas.filter(
    (area, label) => label > 0 && area > 0 && area >= smallest && atBorder[label] === 0,
  )
  const area = medianOf(whole.length >= ENOUGH ? whole : all)
  return area === null ? null : Math.sqrt((4 * area) / Math.PI)
}

/** The area such that objects up to it hold half of all pixels. */
function areaOfHalf(areas: Uint32Array): number {
  const rising = areas.toSorted()
  const half = rising.reduce((sum, area) => sum + area, 0) / 2
  let sum = 0
  return rising.find(area => (sum += area) >= half) ?? 0
}

function medianOf(values: Uint32Array): number | null {
  const rising = values.toSorted()
  const middle = rising.length / 2
  if (rising.length === 0) return null
  return (rising[Math.ceil(middle) - 1]! + rising[Math.floor(middle)]!) / 2
}
