import { describe, expect, test } from 'vitest'
import { classifyField } from '#core/infer/classify-field.ts'
import { createFieldViews } from '#core/infer/field-views.ts'
import { Inference } from '#core/infer/inference-params.ts'
import type { NetworkMember } from '#core/infer/network-member.ts'
import { toyDescriber, type ToyDescriberChoice } from '../../support/toy-describer.ts'

const AS_IS = { illumination: 'as-is', intensity: { scope: 'field' } } as const

/** Bright in the left part of its width by its share, dark in the rest. */
function field(width: number, height: number, share: number) {
  const pixels = Float32Array.from({ length: width * height }, (_, i) => {
    return i % width < share * width ? 1 : 0
  })
  return { width, height, pixels, fullScale: 1 }
}

function classifier(choice: ToyDescriberChoice = {}) {
  return toyDescriber({
    ...{ task: 'classification', classes: ['bright', 'dark'] },
    answer: ([bright = 0, dark = 0]) => [bright, dark],
    ...choice,
  })
}

async function classify(
  plane: ReturnType<typeof field>,
  members: readonly NetworkMember[],
  parts: object = {},
  diameter: number | null = null,
  classes: object = {},
) {
  const by = { by: 'network', models: ['toy@1.0.0'], of: 'field', ...classes }
  const params = Inference.parse({ models: ['toy@1.0.0'], classes: by, ...parts })
  const views = createFieldViews([plane], AS_IS)
  return classifyField.run({ views, members, diameter, seed: 1 }, params.classes!, params)
}

describe('classifyField', () => {
  test('shows a network of one size without a scale the whole field', async () => {
    const network = classifier({ side: 16 })
    const { classes, map } = await classify(field(64, 32, 0.75), [network])
    expect(network.shown[0]!.dims).toEqual([1, 1, 16, 16])
    const bright = 1 / (1 + Math.exp(-(0.375 - 0.125)))
    expect(classes.classes[0]!.name).toBe('bright')
    expect(classes.classes[0]!.probability).toBeCloseTo(bright, 5)
    expect(classes).toMatchObject({ found: 'bright', mutualInformation: 0 })
    expect(classes.explained).toBe('class-activation')
    expect([map!.width, map!.height]).toEqual([16, 16])
    expect(map!.pixels[0]).toBeCloseTo(1, 6)
    expect(map!.pixels[15]).toBe(0)
  })

  test('cuts the field at the scale of nuclei, and takes the mean over its area', async () => {
    const network = classifier({ side: 16, diameter: 10 })
    const { classes, map } = await classify(field(40, 20, 0.6), [network], {}, 10)
    expect(network.shown[0]!.dims[0]).toBe(6)
    expect(classes.classes[0]!.probability).toBeCloseTo(0.52, 1)
    expect([map!.width, map!.height]).toEqual([40, 20])
    expect(map!.pixels[5]).toBeGreaterThan(0.9)
    expect(map!.pixels[39]).toBe(0)
    const twice = classifier({ side: 16, diameter: 20 })
    await classify(field(40, 20, 0.5), [twice], {}, 10)
    expect(twice.shown[0]!.dims[0]).toBe(15)
  })

  test('asks all members in all orientations, and says what they disagree about', async () => {
    const members = [classifier(), classifier({ answer: () => [-3, 3] })]
    const { classes } = await classify(field(64, 32, 1), members, { augment: { dihedral: 8 } })
    // Eight ways, and once more to say why.
    expect(members.map(({ shown }) => shown.length)).toEqual([9, 8])
    expect(classes.mutualInformation).toBeGreaterThan(0.2)
    expect(classes.found).toBe('dark')
  })

  test('finds no class that is not probable enough', async () => {
    const limits = { leastProbability: 0.9, saliency: 'none' }
    const { classes, map } = await classify(field(64, 32, 0.75), [classifier()], {}, null, limits)
    expect(classes).toMatchObject({ found: null, explained: null })
    expect(map).toBeNull()
  })

  test.each(['occlusion', 'rise'] as const)(
    'explains by %s where that is asked',
    async saliency => {
      const { classes, map } = await classify(field(64, 32, 0.5), [classifier()], {}, null, {
        saliency,
      })
      expect(classes.explained).toBe(saliency)
      const mean = (from: number, to: number) => {
        const values = map!.pixels.filter((_, i) => i % 16 >= from && i % 16 < to)
        return values.reduce((sum, value) => sum + value, 0) / values.length
      }
      const [own, other] =
        classes.found === 'bright' ? [mean(0, 7), mean(9, 16)] : [mean(9, 16), mean(0, 7)]
      expect(own).toBeGreaterThan(other + 0.2)
      expect(Math.max(...map!.pixels)).toBe(1)
    },
  )
})
