import { expect, test } from 'vitest'
import { CELL_STAINS, NUCLEAR_STAINS } from '#core/prepare/channel-roles.ts'
import { QualitySettings } from '#core/quality/rules.ts'
import { findingsOf } from '../../../../src/renderer/features/field/why.ts'

const channels = [NUCLEAR_STAINS, CELL_STAINS]
const settings = { quality: QualitySettings.parse({}), channels }
const dapi = (...reasons: readonly string[]) => ({ channel: 'DAPI', reasons })

test('says what was measured against the limit', () => {
  const [finding] = findingsOf(dapi('out-of-focus'), { edge_sharpness: 0.031 }, settings)
  expect(finding?.reason).toBe('out of focus')
  expect(finding?.measured).toBe('edge sharpness 0.031, limit 0.07')
})

test('says what is missing where a plane could not be judged', () => {
  const [finding] = findingsOf(dapi('empty-field'), { foreground_fraction: 0.0001 }, settings)
  expect(finding?.measured).toBe('foreground fraction 0.0001, at least 0.0005 is needed')
})

test('says what could not be measured', () => {
  const [finding] = findingsOf(dapi('no-clear-edges'), {}, settings)
  expect(finding?.measured).toBe('edge sharpness could not be measured')
})

test('says when the recipe has moved on since', () => {
  const [finding] = findingsOf(dapi('made-up-reason'), {}, settings)
  expect(finding?.reason).toBe('made up reason')
  expect(finding?.measured).toMatch(/earlier/)
})

test('measures a deviation in the baseline’s own spread', () => {
  const baselines = {
    DAPI: { planes: 10, metrics: { background_level: { median: 0.1, mad: 0.01 } } },
  }
  const learnt = { quality: QualitySettings.parse({ baselines }), channels }
  const metrics = { background_level: 0.3 }
  const [finding] = findingsOf(dapi('brighter-than-baseline'), metrics, learnt)
  expect(finding?.measured).toMatch(/^background level 0\.3: 13\.49 robust .* limit 8$/)
})
