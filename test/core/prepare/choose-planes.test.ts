import { describe, expect, test } from 'vitest'
import {
  choosePlanes,
  missingDepth,
  type Candidate,
  type FocalPlane,
} from '#core/prepare/choose-planes.ts'

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
    { rule: { z: 2 }, expected: ['DAPI 2'] },
    { rule: 'maximum-projection', expected: ['DAPI 1', 'DAPI 0', 'DAPI 2'] },
    { rule: 'mean-projection', expected: ['DAPI 1', 'DAPI 0', 'DAPI 2'] },
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

describe('the planes that are projected', () => {
  const dapi = stack('DAPI', [1, 5, 3])

  test('are all of each channel, however many it has, the sharpest first', () => {
    const fitc = stack('FITC', [2, 4])
    expect(chosen([...fitc, ...dapi], 'maximum-projection')).toEqual([
      ...['DAPI 1', 'DAPI 0', 'DAPI 2'],
      ...['FITC 1', 'FITC 0'],
    ])
  })

  test('are the projection of the instrument where there is nothing else', () => {
    expect(chosen([projection], 'mean-projection')).toEqual(['DAPI projection'])
  })
})

describe('at a given depth', () => {
  const dapi = stack('DAPI', [1, 5, 3])
  const params = { focalPlane: { z: 2 } }

  function missing(candidates: readonly Candidate[]) {
    return missingDepth({ candidates, segmented: 'DAPI' }, params)
  }

  test('all channels are taken there, and one that was imaged at one depth only where it is', () => {
    const fitc = stack('FITC', [9, 1, 1])
    const cy5: Candidate = { channel: 'Cy5', z: 0, projection: false, sharpness: 4 }
    const field = [...dapi, ...fitc, cy5]
    expect(chosen(field, params.focalPlane)).toEqual(['DAPI 2', 'Cy5 0', 'FITC 2'])
    expect(missing(field)).toBeNull()
  })

  test('a projection is at none', () => {
    const flat = { ...projection, z: 2 }
    expect(chosen([flat], params.focalPlane)).toEqual([])
    expect(missing([flat])).toEqual({ channel: 'DAPI', z: 2, there: [] })
  })

  test('a field that was not imaged there has none, and says where it was', () => {
    const short = stack('DAPI', [1, 5])
    expect(chosen(short, params.focalPlane)).toEqual([])
    expect(missing(short)).toEqual({ channel: 'DAPI', z: 2, there: [0, 1] })
  })

  test('a channel of several depths that lacks it is named', () => {
    const field = [...dapi, ...stack('FITC', [1, 5])]
    expect(missing(field)).toEqual({ channel: 'FITC', z: 2, there: [0, 1] })
  })

  test('no other rule asks for one', () => {
    const field = { candidates: stack('DAPI', [1]), segmented: 'DAPI' }
    expect(missingDepth(field, { focalPlane: 'sharpest' })).toBeNull()
  })
})
