import { factorFor, networkScale, nextFactor } from '../derive/network-scale.ts'
import { typicalDiameter } from '../derive/typical-diameter.ts'
import type { Labels } from '../image/labels.ts'
import type { Plane } from '../image/plane.ts'
import { decodeObjects } from './decode-objects.ts'
import type { FieldViews } from './field-views.ts'
import type { Inference } from './inference-params.ts'
import type { NetworkMember } from './network-member.ts'
import type { Pass } from './plan-passes.ts'
import { runPass, taskOf, type PassMaps } from './run-pass.ts'

export interface FirstLook {
  /** Pixels of the network for one of the field. */
  readonly factor: number
  /** What the first member said at this scale, without augmentation and dropout. */
  readonly maps: PassMaps
  /** What it found by itself; null where nobody had to look. */
  readonly found: Labels | null
}

interface FieldToScale {
  /** In which objects are looked for. */
  readonly plane: Plane
  /** Micrometres; null where it is not known. */
  readonly pixelSize: number | null
  readonly member: NetworkMember
}

/**
 * Finds the scale at which nuclei are as large as a network expects: by a first guess without it, then by the
 * objects it finds, as long as those are of another size; the last look is kept.
 */
export async function lookFirst(
  { plane, pixelSize, member }: FieldToScale,
  views: FieldViews,
  params: Inference,
): Promise<FirstLook> {
  const { description } = member
  const target = description.use?.diameter ?? null
  const look = async (factor: number): Promise<FirstLook> => {
    const image = views.at(description, factor)
    return { factor, maps: await runPass(image, member, PLAIN_PASS, params, 0), found: null }
  }
  if (target === null) return look(1)
  const given = params.diameter === 'auto' ? null : params.diameter
  const guess = networkScale({ plane, pixelSize, given })
  let best = await look(guess === null ? 1 : factorFor(guess, target))
  if (given !== null) return best
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = decodeObjects(taskOf(description), best.maps, params.decode, null)
    const factor = nextFactor(best.factor, typicalDiameter(found), target)
    if (factor === null) return { ...best, found }
    best = await look(factor)
  }
  return best
}

const MOST_TRIES = 2

/** All units in, the image as it is. */
export const PLAIN_PASS: Pass = {
  member: 0,
  augmentation: { dihedral: 0, scale: 1, intensity: 1 },
  dropout: null,
}
