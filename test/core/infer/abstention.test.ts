import { describe, expect, test } from 'vitest'
import { abstain } from '#core/infer/abstention.ts'

const limits = { uncertainty: 0.5, novelty: 0.99, objects: { score: 0.6, share: 0.25 } }
const good = { uncertainty: 0.1, novelty: 0.4, objectScores: Float32Array.of(0.9, 0.8, 0.7, 0.5) }

describe('abstain', () => {
  test('uses what is within its limits, and at them', () => {
    expect(abstain(good, limits)).toEqual({ decision: 'use', reasons: [] })
    expect(abstain({ ...good, uncertainty: 0.5, novelty: 0.99 }, limits).decision).toBe('use')
  })

  test('gives every reason with its value and limit', () => {
    const scores = Float32Array.of(0.9, 0.5)
    expect(abstain({ uncertainty: 0.7, novelty: 1, objectScores: scores }, limits)).toEqual({
      decision: 'review',
      reasons: [
        { kind: 'field-uncertain', value: 0.7, limit: 0.5 },
        { kind: 'field-novel', value: 1, limit: 0.99 },
        { kind: 'objects-uncertain', value: 0.5, limit: 0.25 },
      ],
    })
  })

  test('judges nothing that is not known or not asked for', () => {
    expect(abstain({ ...good, novelty: null }, limits).decision).toBe('use')
    const bad = { ...good, objectScores: Float32Array.of(0) }
    expect(abstain(bad, { uncertainty: 0.5, novelty: 0.99 }).decision).toBe('use')
    expect(abstain({ ...good, objectScores: new Float32Array(0) }, limits).decision).toBe('use')
  })

  test('never uses what is no number', () => {
    expect(abstain({ ...good, uncertainty: NaN }, limits).decision).toBe('review')
    expect(abstain({ ...good, novelty: NaN }, limits).decision).toBe('review')
    expect(abstain({ ...good, objectScores: Float32Array.of(NaN) }, limits).decision).toBe('review')
  })
})
