import { describe, expect, test } from 'vitest'
import { DOUBT_KINDS, doubtSeverity, doubtsOf, doubtText, doubtWords } from '#core/review/doubt.ts'
import { severityOf } from '#core/review/severity.ts'
import { defaultQuality } from '#core/quality/rules.ts'

const limits = { uncertainty: 0.5, novelty: 0.995 }

describe('why networks leave a field to a person', () => {
  test('comes with what was found and what is allowed', () => {
    const field = {
      reasons: ['field-novel', 'field-uncertain', 'objects-uncertain'],
      uncertainty: 0.62,
      novelty: 0.999,
    }
    expect(doubtsOf(field, limits)).toEqual([
      { kind: 'field-novel', value: 0.999, limit: 0.995 },
      { kind: 'field-uncertain', value: 0.62, limit: 0.5 },
      { kind: 'objects-uncertain', value: null, limit: null },
    ])
  })

  test('leaves out what is no reason that there is', () => {
    const field = { reasons: ['constructor', ''], uncertainty: 1, novelty: null }
    expect(doubtsOf(field, limits)).toEqual([])
  })

  test.each([
    [0.62, 0.5, 'The network is unsure: uncertainty 0.62 of at most 0.50'],
    [0.5012, 0.5, 'The network is unsure: uncertainty 0.501 of at most 0.500'],
    [0.50001, 0.5, 'The network is unsure: uncertainty 0.5000 of at most 0.5000'],
    [0.62, null, 'The network is unsure: uncertainty 0.62'],
    [null, null, 'The network is unsure'],
  ])('is said by its figures: %f of %f', (value, limit, text) => {
    expect(doubtText({ kind: 'field-uncertain', value, limit })).toBe(text)
  })

  test('does not say that all is new where it is not', () => {
    expect(doubtText({ kind: 'field-novel', value: 0.998, limit: 0.99 })).toBe(
      'Unlike its training images: novelty 0.998 of at most 0.99',
    )
    expect(doubtText({ kind: 'field-novel', value: 1, limit: null })).toBe(
      'Unlike its training images: novelty 1.00',
    )
  })

  test('has words for every kind', () => {
    expect(DOUBT_KINDS.map(doubtWords)).toEqual([
      'network unsure',
      'unlike its training images',
      'unsure of objects',
    ])
    expect(DOUBT_KINDS.map(kind => doubtText({ kind, value: null, limit: null }))).toEqual([
      'The network is unsure',
      'Unlike its training images',
      'The network is unsure of many objects',
    ])
  })
})

describe('a doubted field in the queue', () => {
  const inDoubt = (uncertainty: number, novelty: number | null = null): number =>
    doubtSeverity({ uncertainty, novelty })

  test('comes after what cannot be judged, whatever is doubted', () => {
    const silent = severityOf(
      { state: 'cannot-judge', reasons: ['empty-field'], metrics: {}, channel: 'DAPI' },
      defaultQuality,
    )
    for (const value of [0, 0.5, 1, 7]) {
      expect(inDoubt(value)).toBeLessThan(silent)
      expect(inDoubt(value)).toBeGreaterThan(-2)
    }
  })

  test('comes first where it is most uncertain or most unusual', () => {
    expect(inDoubt(0.7)).toBeGreaterThan(inDoubt(0.6))
    expect(inDoubt(0.2, 0.999)).toBeGreaterThan(inDoubt(0.7, 0.1))
  })
})
