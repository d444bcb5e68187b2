import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { valueOf } from '../support/value-of.ts'

async function identify(folder: string, naming = 'auto') {
  const survey = await surveyFolder(folder)
  return valueOf(await identifyAcquisitions(survey, naming, diskAccess()))
}

/** As the tables below, which tifffile 2023.2.3 printed of the same files. */
function factsOf({ planes, channels }: Acquisition): readonly string[] {
  const wave = (name: string) => channels.find(channel => channel.name === name)!.wave
  return planes
    .map(({ well, site, channel, z, facts }) => {
      const { x, y, z: focus } = facts!.position!
      const time = facts!.takenAt!.slice('2023-02-21T'.length)
      return `${well} s${site} w${wave(channel)} z${z}: ${x}, ${y}, ${focus} at ${time}, ${facts!.pixelSize} µm`
    })
    .sort()
}

describeReal('what the images of real plates say of themselves', () => {
  test('an ImageXpress plate with an index', async () => {
    const { acquisitions } = await identify(realPath('plates/imagexpress_htd/9987_Plate_3434'))
    expect(factsOf(acquisitions[0]!)).toEqual(lines(WITH_INDEX))
    expect(acquisitions[0]!.facts).toMatchObject({
      objective: { name: '40X Plan Apo Lambda', magnification: 40, numericalAperture: 0.95 },
      channels: [
        { channel: 'DAPI', emission: 452, exposure: 100 },
        { channel: 'FITC', emission: 520, exposure: 100 },
        { channel: 'Texas Red', emission: 624, exposure: 100 },
        // Nothing was imaged in it.
        { channel: 'Cy5', emission: null, exposure: null },
      ],
    })
  })

  test('an ImageXpress stack without one', async () => {
    const { acquisitions } = await identify(realPath('plates/imagexpress_zstack'))
    expect(factsOf(acquisitions[0]!)).toEqual(lines(STACK))
    const { facts } = acquisitions[0]!
    expect(facts!.objective).toEqual({
      name: '20X Plan Apo Lambda',
      magnification: 20,
      numericalAperture: 0.75,
    })
    expect(facts!.channels.map(({ exposure }) => exposure)).toEqual([15, 15, 15, 15])
  })

  test('images of Photoshop say nothing', async () => {
    const { acquisitions } = await identify(realPath('plates/sbs_plate_rowA'))
    expect(acquisitions[0]!.planes.every(({ facts }) => facts === undefined)).toBe(true)
    expect(acquisitions[0]!.facts).toBeUndefined()
  })
})

describeReal('real plates by a table', () => {
  test('what CellProfiler loads of an Opera Phenix plate', async () => {
    const table = realPath('plates/phenix_v1/load_data_version1.csv')
    const { acquisitions, unmatched, faults } = await identify(realPath('plates/phenix_v1'), table)
    expect(faults).toEqual([])
    expect(acquisitions).toMatchObject([
      {
        plate: 'BR00121482',
        instrument: 'map',
        namedBy: 'map',
        expected: 6,
        channels: ['OrigRNA', 'OrigER', 'OrigAGP', 'OrigMito', 'OrigBrightfield', 'OrigDNA'].map(
          (name, i) => ({ name, wave: i + 1 }),
        ),
        ignored: ['load_data_version1.csv'],
      },
    ])
    const [run] = acquisitions
    expect(run!.planes.every(({ well, site }) => well === 'A01' && site === 1)).toBe(true)
    expect(run!.planes.find(({ channel }) => channel === 'OrigDNA')!.path).toBe(
      'images/r01c01f01p01-ch5sk1fk1fl1.tiff',
    )
    expect(missingPlanes(run!)).toEqual([])
    expect(unmatched).toEqual(['config_v1.yml', 'images/Index.idx.xml'])
  })

  test('a row of a plate, beside its images', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'parfocal-real-map-'))
    try {
      const real = realPath('plates/sbs_plate_rowA')
      const names = readdirSync(real).filter(name => name.endsWith('.tif'))
      mkdirSync(join(scratch, 'images'))
      // One did not come.
      for (const name of names.slice(1))
        copyFileSync(join(real, name), join(scratch, 'images', name))
      const rows = names.map(name => {
        const [channel, , row, column] = name.replace('.tif', '').split('-')
        return [name, 'SBS 1049', row, column, channel].join(';')
      })
      const text = ['File;Plate;Row;Column;Channel', ...rows].join('\r\n')
      writeFileSync(join(scratch, 'plate.csv'), text)
      const { acquisitions, unmatched, faults } = await identify(scratch, 'plate.csv')
      expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
      expect(acquisitions).toMatchObject([
        { plate: 'SBS 1049', namedBy: 'map', expected: 24, planes: { length: 23 } },
      ])
      expect(missingPlanes(acquisitions[0]!)).toMatchObject([{ well: 'A01', channel: 'Channel1' }])
      const byNames = (await identify(real)).acquisitions[0]!.planes
      const places = (planes: Acquisition['planes']) =>
        planes.map(({ path, well, channel }) => `${path.split('/').at(-1)} ${well} ${channel}`)
      expect(places(byNames)).toEqual(expect.arrayContaining(places(acquisitions[0]!.planes)))
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  })
})

function lines(text: string): readonly string[] {
  return text.trim().split('\n').sort()
}

/** Stage, focus and pixel size in µm; the steps of a projection are not told, it is z0. */
const WITH_INDEX = `
B02 s1 w1 z0: 22985, 19885, 9991.87 at 13:13:03.006, 1.3672 µm
B02 s1 w1 z1: 22985, 19885, 9988.88 at 13:13:03.006, 1.3672 µm
B02 s1 w1 z2: 22985, 19885, 9991.88 at 13:13:03.256, 1.3672 µm
B02 s1 w2 z0: 22985, 19885, 9991.87 at 13:13:03.913, 1.3672 µm
B02 s1 w2 z1: 22985, 19885, 9991.87 at 13:13:03.913, 1.3672 µm
B02 s1 w2 z2: 22985, 19885, 9991.87 at 13:13:03.913, 1.3672 µm
B02 s1 w3 z0: 22985, 19885, 9991.84 at 13:13:05.008, 1.3672 µm
B02 s1 w3 z1: 22985, 19885, 9991.84 at 13:13:05.008, 1.3672 µm
B02 s1 w3 z2: 22985, 19885, 9991.84 at 13:13:05.008, 1.3672 µm
B02 s2 w1 z0: 23300, 19885, 9992.24 at 13:13:07.045, 1.3672 µm
B02 s2 w1 z1: 23300, 19885, 9989.22 at 13:13:07.045, 1.3672 µm
B02 s2 w1 z2: 23300, 19885, 9992.24 at 13:13:07.294, 1.3672 µm
B02 s2 w2 z0: 23300, 19885, 9992.24 at 13:13:07.935, 1.3672 µm
B02 s2 w2 z1: 23300, 19885, 9992.24 at 13:13:07.935, 1.3672 µm
B02 s2 w2 z2: 23300, 19885, 9992.24 at 13:13:07.935, 1.3672 µm
B02 s2 w3 z0: 23300, 19885, 9992.22 at 13:13:09.019, 1.3672 µm
B02 s2 w3 z1: 23300, 19885, 9992.22 at 13:13:09.019, 1.3672 µm
B02 s2 w3 z2: 23300, 19885, 9992.22 at 13:13:09.019, 1.3672 µm
B03 s1 w1 z0: 31984.9, 19885, 9993.68 at 13:13:11.135, 1.3672 µm
B03 s1 w1 z1: 31984.9, 19885, 9990.66 at 13:13:11.135, 1.3672 µm
B03 s1 w1 z2: 31984.9, 19885, 9993.7 at 13:13:11.385, 1.3672 µm
B03 s1 w2 z0: 31984.9, 19885, 9993.68 at 13:13:12.026, 1.3672 µm
B03 s1 w2 z1: 31984.9, 19885, 9993.68 at 13:13:12.026, 1.3672 µm
B03 s1 w2 z2: 31984.9, 19885, 9993.68 at 13:13:12.026, 1.3672 µm
B03 s1 w3 z0: 31984.9, 19885, 9993.66 at 13:13:13.134, 1.3672 µm
B03 s1 w3 z1: 31984.9, 19885, 9993.66 at 13:13:13.134, 1.3672 µm
B03 s1 w3 z2: 31984.9, 19885, 9993.66 at 13:13:13.134, 1.3672 µm
B03 s2 w1 z0: 32300, 19885, 9993.87 at 13:13:15.189, 1.3672 µm
B03 s2 w1 z1: 32300, 19885, 9990.86 at 13:13:15.189, 1.3672 µm
B03 s2 w1 z2: 32300, 19885, 9993.88 at 13:13:15.440, 1.3672 µm
B03 s2 w2 z0: 32300, 19885, 9993.87 at 13:13:16.097, 1.3672 µm
B03 s2 w2 z1: 32300, 19885, 9993.87 at 13:13:16.097, 1.3672 µm
B03 s2 w2 z2: 32300, 19885, 9993.87 at 13:13:16.097, 1.3672 µm
B03 s2 w3 z0: 32300, 19885, 9993.84 at 13:13:17.163, 1.3672 µm
B03 s2 w3 z1: 32300, 19885, 9993.84 at 13:13:17.163, 1.3672 µm
B03 s2 w3 z2: 32300, 19885, 9993.84 at 13:13:17.163, 1.3672 µm
`

const STACK = `
E07 s1 w1 z0: 79813.4, 41385.4, 9343.19 at 10:41:56.561, 1.3668 µm
E07 s1 w1 z1: 79813.4, 41385.4, 9318.24 at 10:41:56.561, 1.3668 µm
E07 s1 w1 z2: 79813.4, 41385.4, 9323.18 at 10:41:56.718, 1.3668 µm
E07 s1 w1 z3: 79813.4, 41385.4, 9328.16 at 10:41:56.861, 1.3668 µm
E07 s1 w1 z4: 79813.4, 41385.4, 9333.2 at 10:41:57.030, 1.3668 µm
E07 s1 w1 z5: 79813.4, 41385.4, 9338.18 at 10:41:57.173, 1.3668 µm
E07 s1 w1 z6: 79813.4, 41385.4, 9343.14 at 10:41:57.330, 1.3668 µm
E07 s1 w1 z7: 79813.4, 41385.4, 9348.14 at 10:41:57.486, 1.3668 µm
E07 s1 w1 z8: 79813.4, 41385.4, 9353.32 at 10:41:57.673, 1.3668 µm
E07 s1 w1 z9: 79813.4, 41385.4, 9358.18 at 10:41:57.860, 1.3668 µm
E07 s1 w1 z10: 79813.4, 41385.4, 9363.56 at 10:41:58.061, 1.3668 µm
E07 s1 w2 z0: 79813.4, 41385.4, 9343.25 at 10:41:58.436, 1.3668 µm
E07 s1 w2 z1: 79813.4, 41385.4, 9318.18 at 10:41:58.436, 1.3668 µm
E07 s1 w2 z2: 79813.4, 41385.4, 9323.18 at 10:41:58.611, 1.3668 µm
E07 s1 w2 z3: 79813.4, 41385.4, 9328.22 at 10:41:58.780, 1.3668 µm
E07 s1 w2 z4: 79813.4, 41385.4, 9333.2 at 10:41:58.936, 1.3668 µm
E07 s1 w2 z5: 79813.4, 41385.4, 9338.18 at 10:41:59.092, 1.3668 µm
E07 s1 w2 z6: 79813.4, 41385.4, 9343.16 at 10:41:59.236, 1.3668 µm
E07 s1 w2 z7: 79813.4, 41385.4, 9348.16 at 10:41:59.392, 1.3668 µm
E07 s1 w2 z8: 79813.4, 41385.4, 9353.16 at 10:41:59.561, 1.3668 µm
E07 s1 w2 z9: 79813.4, 41385.4, 9358.2 at 10:41:59.749, 1.3668 µm
E07 s1 w2 z10: 79813.4, 41385.4, 9363.34 at 10:41:59.937, 1.3668 µm
E07 s1 w3 z0: 79813.4, 41385.4, 9343.39 at 10:42:00.405, 1.3668 µm
E07 s1 w4 z1: 79813.4, 41385.4, 9334.88 at 10:42:02.217, 1.3668 µm
E07 s2 w1 z0: 80513.3, 41385.4, 9343.5 at 10:42:03.267, 1.3668 µm
E07 s2 w1 z1: 80513.3, 41385.4, 9318.34 at 10:42:03.267, 1.3668 µm
E07 s2 w1 z2: 80513.3, 41385.4, 9323.32 at 10:42:03.436, 1.3668 µm
E07 s2 w1 z3: 80513.3, 41385.4, 9328.32 at 10:42:03.593, 1.3668 µm
E07 s2 w1 z4: 80513.3, 41385.4, 9333.32 at 10:42:03.749, 1.3668 µm
E07 s2 w1 z5: 80513.3, 41385.4, 9338.3 at 10:42:03.892, 1.3668 µm
E07 s2 w1 z6: 80513.3, 41385.4, 9343.28 at 10:42:04.048, 1.3668 µm
E07 s2 w1 z7: 80513.3, 41385.4, 9348.26 at 10:42:04.204, 1.3668 µm
E07 s2 w1 z8: 80513.3, 41385.4, 9353.3 at 10:42:04.373, 1.3668 µm
E07 s2 w1 z9: 80513.3, 41385.4, 9358.32 at 10:42:04.548, 1.3668 µm
E07 s2 w1 z10: 80513.3, 41385.4, 9363.6 at 10:42:04.749, 1.3668 µm
E07 s2 w2 z0: 80513.3, 41385.4, 9343.35 at 10:42:05.155, 1.3668 µm
E07 s2 w2 z1: 80513.3, 41385.4, 9318.32 at 10:42:05.155, 1.3668 µm
E07 s2 w2 z2: 80513.3, 41385.4, 9323.32 at 10:42:05.311, 1.3668 µm
E07 s2 w2 z3: 80513.3, 41385.4, 9328.32 at 10:42:05.486, 1.3668 µm
E07 s2 w2 z4: 80513.3, 41385.4, 9333.3 at 10:42:05.655, 1.3668 µm
E07 s2 w2 z5: 80513.3, 41385.4, 9338.3 at 10:42:05.811, 1.3668 µm
E07 s2 w2 z6: 80513.3, 41385.4, 9343.32 at 10:42:05.986, 1.3668 µm
E07 s2 w2 z7: 80513.3, 41385.4, 9348.3 at 10:42:06.142, 1.3668 µm
E07 s2 w2 z8: 80513.3, 41385.4, 9353.26 at 10:42:06.298, 1.3668 µm
E07 s2 w2 z9: 80513.3, 41385.4, 9358.26 at 10:42:06.467, 1.3668 µm
E07 s2 w2 z10: 80513.3, 41385.4, 9363.4 at 10:42:06.642, 1.3668 µm
E07 s2 w3 z0: 80513.3, 41385.4, 9343.52 at 10:42:07.123, 1.3668 µm
E07 s2 w4 z1: 80513.3, 41385.4, 9334.96 at 10:42:08.905, 1.3668 µm
`
