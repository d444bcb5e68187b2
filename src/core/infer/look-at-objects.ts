import { cutCrops, type ObjectCrops } from './crop-objects.ts'
import { dropsUnits } from './describing-network.ts'
import type { Inference } from './inference-params.ts'
import type { NetworkMember } from './network-member.ts'
import { planPasses, type Pass } from './plan-passes.ts'
import { IMAGES_AT_ONCE, runImages } from './run-images.ts'

/** A network, and the crops that it is shown. */
export interface ObjectLook {
  readonly member: NetworkMember
  readonly crops: ObjectCrops
}

/** What one pass gave: a vector for each object, one after the other. */
export interface PassVectors {
  readonly member: number
  readonly length: number
  readonly values: Float32Array
}

/**
 * Every member sees every object in each orientation and brightness of the recipe, and with as many dropout masks as
 * it asks for. Scales are left out: the size of nuclei is part of what crops show.
 */
export async function lookAtObjects(
  looks: readonly ObjectLook[],
  params: Pick<Inference, 'augment' | 'dropout'>,
  seed: number,
): Promise<readonly PassVectors[]> {
  const droppable = looks.map(({ member }) => dropsUnits(member.description))
  const passes: PassVectors[] = []
  for (const pass of passesOverImages(droppable, params)) {
    const { member, crops } = looks[pass.member]!
    passes.push({ member: pass.member, ...(await vectorsOf(member, crops, pass, seed)) })
  }
  return passes
}

/** The passes of a recipe without its scales: crops and whole images have the size they have. */
export function passesOverImages(
  droppable: readonly boolean[],
  { augment, dropout }: Pick<Inference, 'augment' | 'dropout'>,
): readonly Pass[] {
  return planPasses(droppable, { augment: { ...augment, scales: [1] }, dropout })
}

async function vectorsOf(
  member: NetworkMember,
  crops: ObjectCrops,
  pass: Pass,
  seed: number,
): Promise<Omit<PassVectors, 'member'>> {
  const count = crops.regions.length
  let length = 0
  let values = new Float32Array(0)
  for (let from = 0; from < count; from += IMAGES_AT_ONCE) {
    const images = cutCrops(crops, from, Math.min(count, from + IMAGES_AT_ONCE))
    const { data, dims } = (await runImages(images, member, pass, seed)).vectors
    if (from === 0) {
      length = dims[1]!
      values = new Float32Array(count * length)
    }
    values.set(data, from * length)
  }
  return { length, values }
}
