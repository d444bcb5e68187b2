import { describe, expect, test } from 'vitest'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { paperFiles } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(...paths: readonly string[]) {
  const { survey, access } = paperFiles(...paths)
  return valueOf(await identifyAcquisitions(survey, 'auto', access))
}

/** As an IM04 names an image. */
function imageName(place: string, rest = '--X014580--Y011262--Z210710'): string {
  return `-${place}--PX32500--PW0080--IN0020--TM281${rest}--T0000257564--WE00013.tif`
}

describe('a plate of an ACQUIFER', () => {
  test('is read from its names', async () => {
    const { acquisitions, unmatched, signs } = await identify(
      `fish/${imageName('B012--PO01--LO002--CO3--SL005')}`,
      `fish/${imageName('B012--PO02--LO002--CO1--SL005', '--X015580--Y010262--Z210700')}`,
      'fish/PlateLayout.txt',
    )
    expect(unmatched).toEqual(['fish/PlateLayout.txt'])
    expect(signs[0]).toMatchObject({ instrument: 'acquifer', by: 'name', sure: 'certain' })
    expect(acquisitions).toMatchObject([
      {
        plate: 'fish',
        folder: 'fish',
        instrument: 'acquifer',
        namedBy: 'name',
        expected: null,
        channels: [
          { wave: 1, name: 'CO1' },
          { wave: 3, name: 'CO3' },
        ],
        facts: { channels: [{ channel: 'CO1', exposure: 20 }, { channel: 'CO3' }] },
        planes: [
          {
            ...{ well: 'B12', site: 1, channel: 'CO3', z: 5, t: 2, projection: false },
            facts: {
              pixelSize: 3.25,
              position: { x: 14580, y: -11262, z: 21071 },
              takenAt: null,
            },
          },
          { site: 2, channel: 'CO1', facts: { position: { x: 15580, y: -10262, z: 21070 } } },
        ],
      },
    ])
  })

  test('of the older machine begins with the turn of the well', async () => {
    const { acquisitions } = await identify(
      'p/WE00019---B006--PO01--LO001--CO6--SL010--PX16250--PW0040--IN0020--TM246--X059308--Y019906--Z212725--T1375564662.tif',
    )
    expect(acquisitions[0]!.planes).toMatchObject([
      { well: 'B06', channel: 'CO6', z: 10, t: 1, facts: { pixelSize: 1.625 } },
    ])
  })

  test('has a run for each folder', async () => {
    const image = imageName('A001--PO01--LO001--CO6--SL001')
    const { acquisitions, faults } = await identify(`monday/${image}`, `tuesday/${image}`)
    expect(faults).toEqual([])
    expect(acquisitions.map(({ plate }) => plate)).toEqual(['monday', 'tuesday'])
  })

  test.each([
    imageName('B000--PO01--LO001--CO6--SL001'),
    imageName('B001--PO01--LO001--SL001'),
    imageName('B001--PO01--LO001--CO6--SL001').replace('.tif', '.jpg'),
  ])('is not guessed at from %s', async name => {
    const { acquisitions, unmatched } = await identify(name)
    expect({ acquisitions, unmatched }).toEqual({ acquisitions: [], unmatched: [name] })
  })
})
