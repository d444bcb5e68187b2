import { expect, test } from 'vitest'
import { channelText, instrumentTime, objectiveText } from '../../../src/renderer/lib/run-words.ts'

const facts = { startedAt: null, channels: [] }
const objective = { name: null, magnification: null, numericalAperture: null }

test.each([
  { given: null, text: null },
  { given: objective, text: null },
  { given: { ...objective, name: 'Plan Apo 20x' }, text: 'objective Plan Apo 20x' },
  { given: { ...objective, magnification: 63 }, text: 'objective 63×' },
])('an objective reads $text', ({ given, text }) => {
  expect(objectiveText({ ...facts, objective: given })).toBe(text)
})

test.each([
  { excitation: 385, emission: 461.4, exposure: 40, text: '385 → 461 nm, 40 ms' },
  { excitation: null, emission: 519, exposure: null, text: 'emission 519 nm' },
  { excitation: 0.4, emission: null, exposure: 0.5, text: 'excitation 0 nm, 0.5 ms' },
  { excitation: null, emission: null, exposure: null, text: '' },
])('a channel reads $text', ({ text, ...channel }) => {
  expect(channelText({ ...channel, flatField: null })).toBe(text)
})

test('an instrument’s time is told as it wrote it', () => {
  expect(instrumentTime('2026-01-05T08:00:03.120+01:00')).toBe('2026-01-05 08:00:03')
  expect(instrumentTime('2026-01-05 08:00')).toBe('2026-01-05 08:00')
  expect(instrumentTime('5 Jan')).toBe('5 Jan')
})
