import { describe, expect, test } from 'vitest'
import type { PlaneId } from '#core/brand.ts'
import {
  deedText,
  findingText,
  historyText,
  isOnlyDoubted,
  leftOutText,
  placeText,
  reasonsText,
  subjectText,
} from '../../../../src/renderer/features/review/review-words.ts'
import { decisionOf, reviewItem } from '../../../support/review-items.ts'

describe('words of the review', () => {
  const others = [reviewItem(3), reviewItem(4)]
  test.each([
    { more: {}, words: 'A03, site 1, DAPI' },
    { more: { z: 4 }, words: 'A03, site 1, DAPI, z 4' },
    { more: { t: 2 }, words: 'A03, site 1, DAPI, t 2' },
    { more: { well: null, site: null }, words: 'no well, DAPI' },
    { more: { site: 0 }, words: 'A03, site 0, DAPI' },
  ])('$words says where an image was taken among others', ({ more, words }) => {
    expect(placeText(reviewItem(3, more), others)).toBe(words)
  })

  test.each([
    { leftOut: 1, taken: 3, words: 'Accept leaves out 1 unreadable' },
    { leftOut: 1, taken: 0, words: 'An image that cannot be read cannot be accepted' },
    { leftOut: 2, taken: 0, words: 'Images that cannot be read cannot be accepted' },
  ])('“$words” is said of $leftOut beside $taken', ({ leftOut, taken, words }) => {
    expect(leftOutText(leftOut, taken)).toContain(words)
  })

  test('by itself an image says its depth and time too', () => {
    expect(placeText(reviewItem(3))).toBe('A03, site 1, DAPI, z 0, t 1')
  })

  test.each([
    { state: 'fail', reasons: ['out-of-focus', 'saturated'], words: 'out of focus, saturated' },
    { state: 'unreadable', reasons: ['image-truncated'], words: 'unreadable' },
    { state: 'pass', reasons: [], words: 'pass' },
  ] as const)('$words says what the machine found', ({ state, reasons, words }) => {
    expect(reasonsText({ state, reasons: [...reasons], doubts: [] })).toBe(words)
  })

  test('doubts of networks stand after what was found, and in the place of a pass', () => {
    const doubts = [{ kind: 'field-uncertain', value: 0.62, limit: 0.5 } as const]
    expect(reasonsText({ state: 'pass', reasons: [], doubts })).toBe('network unsure')
    expect(reasonsText({ state: 'fail', reasons: ['saturated'], doubts })).toBe(
      'saturated, network unsure',
    )
    expect(isOnlyDoubted({ state: 'pass', doubts })).toBe(true)
    expect(isOnlyDoubted({ state: 'fail', doubts })).toBe(false)
    expect(isOnlyDoubted({ state: 'pass', doubts: [] })).toBe(false)
  })

  const sharpness = { reason: 'r', metric: 'edge_sharpness', fails: 'below' } as const
  test.each([
    {
      finding: { ...sharpness, of: 'value', value: 0.0312, limit: 0.07 },
      words: 'edge sharpness is 0.0312; the limit is 0.07',
    },
    {
      finding: { ...sharpness, of: 'value', value: null, limit: 0.07 },
      words: 'edge sharpness could not be measured',
    },
    {
      finding: { ...sharpness, of: 'deviation', value: -9.23, limit: -6 },
      words:
        'edge sharpness is 9.2 robust standard deviations below the channel’s baseline; ' +
        'it fails below −6',
    },
    {
      finding: { ...sharpness, of: 'deviation', value: -Infinity, limit: -6 },
      words: 'edge sharpness is far below the channel’s baseline; it fails below −6',
    },
  ] as const)('$words holds a measurement against its limit', ({ finding, words }) => {
    expect(findingText(finding)).toBe(words)
  })

  test('say aloud what was done', () => {
    const items = [reviewItem(1), reviewItem(2)]
    const ids = [1, 2] as PlaneId[]
    const progress = '2 of 40 decided'
    expect(deedText({ planeIds: ids.slice(0, 1), word: 'reimage' }, items, progress)).toBe(
      'A01, site 1, DAPI: image again. 2 of 40 decided.',
    )
    expect(deedText({ planeIds: ids, word: null }, items, progress)).toBe(
      '2 images: decision taken back. 2 of 40 decided.',
    )
    expect(subjectText([9 as PlaneId], items)).toBe('1 image')
  })

  test('say who decided and what the machine had said', () => {
    expect(historyText(decisionOf(1, 'accept'))).toBe(
      'Mara: accepted. The machine had said: fail, out of focus.',
    )
  })
})
