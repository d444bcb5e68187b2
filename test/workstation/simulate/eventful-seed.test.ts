import { expect, test } from 'vitest'
import { wellName } from '#core/plate/well.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import { REALISTIC_DEFECTS } from '#core/simulate/defects.ts'
import { planPlate } from '#core/simulate/plan-plate.ts'
import { eventfulSeed } from '#workstation/simulate/eventful-seed.ts'

const order = {
  format: 96,
  wells: 36,
  fields: 2,
  channels: 3,
  defects: { ...REALISTIC_DEFECTS, empty: 0.08, truncated: 0.02 },
} as const

test.each([0, 17, 99_999])('on the plate of a seed from %d on, much goes wrong early', seed => {
  const chosen = eventfulSeed({ ...order, seed })
  const fields = planPlate({ ...order, channels: CHANNELS.slice(0, 3), seed: chosen.seed })
  const early = new Set(
    fields.slice(0, 24).flatMap(({ planes }) => planes.flatMap(({ defects }) => defects)),
  )
  for (const defect of ['defocus', 'bubble', 'empty', 'truncated']) expect(early).toContain(defect)
  const again = fields.filter(({ well }) => wellName(well) === chosen.again)
  expect(again.length).toBe(2)
  expect(['A02', 'A03', 'A04']).toContain(chosen.again)
})

test('a seed that is eventful is taken itself', () => {
  const chosen = eventfulSeed({ ...order, seed: 5 })
  expect(eventfulSeed({ ...order, seed: chosen.seed })).toEqual(chosen)
})
