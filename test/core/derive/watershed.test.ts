import { describe, expect, test } from 'vitest'
import { watershed } from '#core/derive/watershed.ts'
import type { LevelImage } from '#core/image/level-image.ts'
import { labels, mask } from '../../support/labels.ts'
import { plane } from '../../support/planes.ts'

function levels(drawing: string): LevelImage {
  const drawn = plane(drawing)
  return { ...drawn, pixels: Uint8Array.from(drawn.pixels) }
}

describe('watershed', () => {
  test('lets floods meet on the ridge, which goes to the flood that came first', () => {
    const flooded = watershed(levels('0 2 9 3 1'), labels('1...2'), mask('#####'))
    expect(flooded).toEqual(labels('11122'))
  })

  test('stays inside the mask and leaves out what no seed reaches', () => {
    const flooded = watershed(levels('0 0 0 0 0'), labels('1....'), mask('##.##'))
    expect(flooded).toEqual(labels('11...'))
  })

  test('goes down into a valley behind a ridge before it climbs any further', () => {
    const flooded = watershed(
      levels(`
        0 5 1 6 0
        9 9 1 9 9
      `),
      labels(`
        1...2
        .....
      `),
      mask(`
        #####
        ..#..
      `),
    )
    expect(flooded).toEqual(
      labels(`
        11122
        ..1..
      `),
    )
  })
})
