import { readdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { predictField, type PredictedField } from '#core/infer/predict-field.ts'
import { NUCLEI_NETWORK } from '#core/recipe.ts'
import { evaluateLabels, poolEvaluations } from '#core/review/evaluate.ts'
import { parseReference } from '#workstation/inference/registry/model-reference.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { realPlane } from '../support/real-plane.ts'
import { openNetworks, shippedNetwork, type OpenedNetworks } from '../support/shipped-networks.ts'
import { valueOf } from '../support/value-of.ts'

const THRESHOLDS = [0.5, 0.7] as const
const recipe = NUCLEI_NETWORK.infer!

describeReal('the networks that ship with Parfocal', () => {
  let networks: OpenedNetworks
  beforeAll(async () => {
    const names = recipe.models.map(reference => parseReference(reference).model)
    networks = await openNetworks(await Promise.all(names.map(shippedNetwork)))
  })

  async function predict(path: string): Promise<PredictedField> {
    const plane = await realPlane(path)
    const field = { planes: [plane], pixelSize: null, seed: 0, ...networks }
    return predictField.run(field, recipe)
  }

  async function scores(folder: string, names: readonly string[]) {
    const evaluations = []
    for (const name of names) {
      const { labels } = await predict(`${folder}/images/${name}`)
      const truth = valueOf(await readLabels(realPath(folder, 'labels', name)))
      evaluations.push(evaluateLabels(labels, truth, THRESHOLDS))
    }
    return poolEvaluations(evaluations, THRESHOLDS).thresholds
  }

  // They have seen these groups in training: this holds that the path around them is sound. What they do with
  // groups they never saw, their cards say.
  test.each(['fluo_256x256', 'fluo_360x360', 'fluo_696x520', 'fluo_347x260'])(
    'find the nuclei of %s',
    { timeout: 200_000 },
    async group => {
      const names = readdirSync(realPath('nuclei', group, 'images')).filter((_, i) => i % 30 === 0)
      const { '0.5': loose, '0.7': strict } = await scores(`nuclei/${group}`, names)
      console.log(`${group}: F1 ${loose!.f1.toFixed(3)}, ${strict!.f1.toFixed(3)}`)
      expect(loose!.f1).toBeGreaterThan(0.8)
    },
  )

  test('doubt what is out of focus or stained', { timeout: 200_000 }, async () => {
    const doubts = async (folder: string): Promise<readonly number[]> => {
      const names = readdirSync(realPath(folder)).filter(name => /_w1|\.png$/.test(name))
      const found = []
      for (const name of names.slice(0, 4)) found.push(await predict(`${folder}/${name}`))
      console.log(
        folder,
        found.map(({ uncertainty, novelty }) => [uncertainty, novelty]),
      )
      return found.map(({ uncertainty }) => uncertainty)
    }
    const near = await doubts('focus/bbbc006_z10_near_focus')
    const far = await doubts('focus/bbbc006_z00_out_of_focus')
    const stained = await doubts('nuclei/stained_purple_320x256/images')
    expect(meanOf(far)).toBeGreaterThan(meanOf(near) + 0.1)
    expect(Math.min(...stained)).toBeGreaterThan(Math.max(...near))
  })
})

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
