import { describe, expect, test } from 'vitest'
import { ok } from '#core/fault.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { paperFiles, paperFolder, type PaperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

async function loose({ survey, access }: PaperFolder) {
  return valueOf(await identifyAcquisitions(survey, 'loose', access))
}

describe('loose images', () => {
  test('are each a field of their own on a plate named after the folder', async () => {
    const { acquisitions } = await loose(paperFiles('cells.png', 'more/P_A01_s1_w1.tif'))
    expect(acquisitions).toMatchObject([
      { plate: 'screen', folder: '', instrument: 'loose', namedBy: 'loose', expected: null },
    ])
    const fields = groupFields(acquisitions[0]!)
    expect(fields.map(({ name, well, site }) => ({ name, well, site }))).toEqual([
      { name: 'cells.png', well: null, site: null },
      { name: 'more/P_A01_s1_w1.tif', well: null, site: null },
    ])
  })

  test('of several pages are fields with a plane a page', async () => {
    const { acquisitions } = await loose(paperFolder({ 'stack.tif': '' }, { 'stack.tif': 3 }))
    const [field] = groupFields(acquisitions[0]!)
    expect(field!.planes.map(({ page, z }) => [page, z])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ])
  })

  test('that are pyramids have no plane for the smaller levels', async () => {
    const { survey, access } = paperFolder({ 'pyramid.tif': '' })
    const level = { width: 64, height: 64, samples: 1 }
    const pages = [level, { ...level, reduced: true }, level]
    const probeImage = () => Promise.resolve(ok({ pages }))
    const { acquisitions } = await loose({ survey, access: { ...access, probeImage } })
    expect(acquisitions[0]!.planes.map(({ page }) => page)).toEqual([0, 2])
  })

  test('that cannot be looked into are one plane, for the reader to say what is wrong', async () => {
    const { acquisitions } = await loose(paperFiles('broken.tif'))
    expect(acquisitions[0]!.planes).toMatchObject([{ path: 'broken.tif', page: 0 }])
  })

  test('are known by their first bytes when their names say nothing', async () => {
    const tiff = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0)
    const bigTiff = Uint8Array.of(0x4d, 0x4d, 0, 43)
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13)
    const { acquisitions, unmatched } = await loose(
      paperFolder({ a: tiff, 'b.dat': bigTiff, 'c.img': png, 'notes.txt': 'II', empty: '' }),
    )
    expect(acquisitions[0]!.planes.map(({ path }) => path)).toEqual(['a', 'b.dat', 'c.img'])
    expect(unmatched).toEqual(['empty', 'notes.txt'])
  })

  test('make no plate where there are none', async () => {
    expect(await loose(paperFiles('notes.txt'))).toMatchObject({
      acquisitions: [],
      unmatched: ['notes.txt'],
    })
  })
})
