import { describe, expect, test } from 'vitest'
import { decodeObjects, decodingBy } from '#core/infer/decode-objects.ts'
import { DecodingParams } from '#core/infer/inference-params.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import type { ProcessingStep } from '#core/infer/processing-step.ts'

const STEP: ProcessingStep = {
  id: 'stardist_postprocessing',
  probabilityThreshold: 0.7,
  overlapThreshold: 0.2,
  rays: 8,
  grid: [1, 1],
  border: 5,
}

function networkWith(...processing: readonly ProcessingStep[]): ModelDescription {
  const outputs = [{ processing: [] }, { processing }]
  return { outputs } as unknown as ModelDescription
}

/** Discs of 4 pixels on a field of 40 × 20, where no two meet. */
function starMaps(stars: readonly { x: number; y: number; probability: number }[]) {
  const [width, height] = [40, 20]
  const size = width * height
  const data = new Float32Array(9 * size)
  for (const { x, y, probability } of stars) {
    data[y * width + x] = probability
    for (let ray = 1; ray <= 8; ray += 1) data[ray * size + y * width + x] = 4
  }
  const directed = { data, dims: [1, 9, height, width] }
  return { width, height, classes: 1, probabilities: data.subarray(0, size), directed }
}

describe('the thresholds of StarDist', () => {
  const maps = starMaps([
    { x: 3, y: 10, probability: 0.9 },
    { x: 18, y: 10, probability: 0.9 },
    { x: 30, y: 10, probability: 0.6 },
  ])
  const found = (network: ModelDescription, stardist = {}) => {
    const params = decodingBy(network, DecodingParams.parse({ stardist }))
    return decodeObjects('stardist', maps, params, null).count
  }

  test('are the usual where neither recipe nor package says any', () => {
    expect(found(networkWith())).toBe(3)
  })

  test("are the package's where the recipe says none", () => {
    const { stardist } = decodingBy(networkWith(STEP), DecodingParams.parse({}))
    expect(stardist).toEqual({ probabilityThreshold: 0.7, overlapThreshold: 0.2, border: 5 })
    expect(found(networkWith(STEP))).toBe(1)
  })

  test("are the recipe's where it says some, though they be the usual", () => {
    expect(found(networkWith(STEP), { probabilityThreshold: 0.5 })).toBe(2)
    expect(found(networkWith(STEP), { border: 0 })).toBe(2)
    const all = { probabilityThreshold: 0.5, overlapThreshold: 0.4, border: 2 }
    expect(decodingBy(networkWith(STEP), DecodingParams.parse({ stardist: all })).stardist).toEqual(
      all,
    )
  })
})
