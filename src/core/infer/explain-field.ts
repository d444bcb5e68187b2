import type { FloatImage } from '../image/blur.ts'
import { foregroundOf } from './decode-objects.ts'
import { PLAIN_PASS } from './first-look.ts'
import type { Inference } from './inference-params.ts'
import type { NetworkMember } from './network-member.ts'
import { contextOf, runPass } from './run-pass.ts'
import { segmentationSaliency } from './segmentation-saliency.ts'
import type { Tensor } from './tensor.ts'

/** Side of the squares that are covered, in pixels of the network. */
const PATCH = 16

/**
 * Which squares of a field decided what a network found there, by covering them (Zeiler & Fergus 2014): the
 * more the foreground around a square changes when it is covered, the more that square said.
 *
 * @param shown the field as the member sees it, [1, c, height, width]
 * @returns a value a square of 16 pixels, 0…1 of the most decisive one; all 0 where nothing mattered
 */
export async function explainField(
  shown: Tensor,
  member: NetworkMember,
  params: Inference,
): Promise<FloatImage> {
  const radius = contextOf(member.description)
  const question = {
    inputs: { image: shown },
    image: 'image',
    async run({ image }: Readonly<Record<string, Tensor>>) {
      const maps = await runPass(image!, member, PLAIN_PASS, params, 0)
      const dims = [1, 1, maps.height, maps.width]
      return { foreground: { data: foregroundOf(maps), dims } }
    },
    foreground: ({ foreground }: Readonly<Record<string, Tensor>>) => foreground!.data,
  }
  const spacing = spacingFor(radius)
  const asked = { patch: PATCH, radius, spacing, fill: 'mean', within: null } as const
  const { width, height, pixels } = await segmentationSaliency(question, asked)
  const most = pixels.reduce((largest, value) => Math.max(largest, value), 0)
  return { width, height, pixels: most === 0 ? pixels : pixels.map(value => value / most) }
}

/** How often `explainField` runs a network over a field. */
export function explainingPasses(radius: number): number {
  return (spacingFor(radius) / PATCH) ** 2 + 1
}

/** From one covered square to the next, so that what they change does not overlap. */
function spacingFor(radius: number): number {
  return PATCH * Math.ceil((2 * radius + PATCH) / PATCH)
}
