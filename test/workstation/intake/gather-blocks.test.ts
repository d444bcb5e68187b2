import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatherBlocks } from '#workstation/intake/gather-blocks.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { planeKey, type PlaneAddress } from '#workstation/intake/plane-file.ts'

/** Step 0 is a projection. */
function plane(well: string, site: number, wave: number, z = 1, t = 1): PlaneAddress {
  return { well, site, channel: `ch${wave}`, wave, z, t, projection: z === 0 }
}

test('wells that are alike share a block', () => {
  const planes = ['A01', 'B02'].flatMap(well =>
    [1, 2].flatMap(site => [1, 2].map(wave => plane(well, site, wave))),
  )
  expect(gatherBlocks(planes)).toEqual([
    {
      wells: ['A01', 'B02'],
      sites: [1, 2],
      channels: [
        { wave: 1, name: 'ch1' },
        { wave: 2, name: 'ch2' },
      ],
      z: [1],
      t: [1],
    },
  ])
})

test('a channel with a stack is apart from one without', () => {
  const planes = [plane('A01', 1, 1), plane('A01', 1, 2, 1), plane('A01', 1, 2, 2)]
  expect(gatherBlocks(planes).map(({ channels, z }) => [channels[0]!.name, z])).toEqual([
    ['ch1', [1]],
    ['ch2', [1, 2]],
  ])
})

test('projections have blocks of their own, which say so', () => {
  const planes = [plane('A01', 1, 1, 1), plane('A01', 1, 1, 0), plane('A02', 1, 1, 0)]
  expect(gatherBlocks(planes)).toMatchObject([
    { wells: ['A01'], z: [1] },
    { wells: ['A01', 'A02'], z: [0], projection: true },
  ])
  expect(gatherBlocks(planes)[0]).not.toHaveProperty('projection')
})

test('blocks promise exactly the planes that they were made of', () => {
  const few = fc.integer({ min: 1, max: 3 })
  const depth = fc.integer({ min: 0, max: 3 })
  const any = fc
    .tuple(fc.constantFrom('A01', 'A02', 'H12'), few, few, depth, few)
    .map(([well, site, wave, z, t]) => plane(well, site, wave, z, t))
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), planes => {
      const promised = missingPlanes({ promised: gatherBlocks(planes), planes: [] }).map(planeKey)
      expect(promised.toSorted()).toEqual([...new Set(planes.map(planeKey))].sort())
    }),
  )
})
