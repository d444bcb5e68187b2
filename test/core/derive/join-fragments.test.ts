import { describe, expect, test } from 'vitest'
import { joinFragments, type JointShape } from '#core/derive/join-fragments.ts'
import { labels } from '../../support/labels.ts'

const fragments = labels(`
  112233
  112233
  ......
  44....
`)
const heights = {
  width: 6,
  height: 4,
  pixels: Float32Array.of(9, 7, 6, 8, 2, 9, 8, 5, 5, 7, 1, 5, 0, 0, 0, 0, 0, 0, 4, 4, 0, 0, 0, 0),
}

function shapesMet(): JointShape[] {
  const met: JointShape[] = []
  joinFragments(fragments, heights, 4, joint => {
    met.push(joint)
    return -1
  })
  return met
}

describe('joinFragments', () => {
  test('judges neighbours by the pass between them, their size and the bays they leave', () => {
    expect(shapesMet()).toEqual([
      { dynamics: 2, solidity: 1, relativeArea: 2 },
      { dynamics: 6, solidity: 1, relativeArea: 2 },
    ])
  })

  test('joins the convincing pair only', () => {
    const joined = joinFragments(fragments, heights, 4, ({ dynamics }) => 3 - dynamics)
    expect([...joined.pixels]).toEqual([
      ...labels(`
        111133
        111133
        ......
        44....
      `).pixels,
    ])
  })

  test('judges again what has grown', () => {
    const small = ({ relativeArea }: JointShape) => 2.5 - relativeArea
    expect(new Set(joinFragments(fragments, heights, 4, small).pixels)).toEqual(
      new Set([0, 1, 3, 4]),
    )
    const any = joinFragments(fragments, heights, 4, () => 1)
    expect(new Set(any.pixels)).toEqual(new Set([0, 1, 4]))
  })
})
