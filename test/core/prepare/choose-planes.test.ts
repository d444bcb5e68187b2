import { describe, expect, test } from 'vitest'
import { choosePlanes, type Candidate, type FocalPlane } from '#core/prepare/choose-planes.ts'

function stack(channel: string, sharpness: readonly number[]): Candidate[] {
  return sharpness.map((value, z) => ({ channel, z, projection: false, sharpness: value }))
}

const projection: Candidate = { channel: 'DAPI', z: 0, projection: true, sharpness: 1 }

function chosen(candidates: readonly Candidate[], focalPlane: FocalPlane): string[] {
  return choosePlanes
    .run({ candidates, segmented: 'DAPI' }, { focalPlane })
    .map(place => candidates[place]!)
    .map(({ channel, z, projection: flat }) => `${channel} ${flat ? 'projection' : z}`)
}

describe('the plane that is analysed', () => {
  const dapi = stack('DAPI', [1, 5, 3])

  test.each([
    { rule: 'projection-or-sharpest', expected: ['DAPI projection'] },
    { rule: 'sharpest', expected: ['DAPI 1'] },
    { rule: 'lowest', expected: ['DAPI 0'] },
  ] as const)('by the rule $rule', ({ rule, expected }) => {
    expect(chosen([...dapi, projection], rule)).toEqual(expected)
  })

  test('is the sharpest of a stack where the instrument wrote no projection', () => {
    expect(chosen(dapi, 'projection-or-sharpest')).toEqual(['DAPI 1'])
  })

  test('takes the other channels along at its own depth', () => {
    const fitc = stack('FITC', [9, 1, 1])
    expect(chosen([...fitc, ...dapi], 'sharpest')).toEqual(['DAPI 1', 'FITC 1'])
  })

  test('takes another channel by the rule where it has nothing at that depth', () => {
    const cy5: Candidate = { channel: 'Cy5', z: 2, projection: false, sharpness: 4 }
    expect(chosen([...dapi, cy5], 'sharpest')).toEqual(['DAPI 1', 'Cy5 2'])
  })

  test('is none where the segmented channel is missing', () => {
    expect(chosen(stack('FITC', [1]), 'sharpest')).toEqual([])
  })
})
