import { expect, test } from 'vitest'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { omePlaneIndex } from '#workstation/intake/ome-metadata.ts'
import { readOmeFile } from '#workstation/intake/ome-xml.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { valueOf } from '../support/value-of.ts'

// What is expected was read by Python's ElementTree and by tifffile.

async function identify(folder: string) {
  const survey = await surveyFolder(realPath(folder))
  return valueOf(await identifyAcquisitions(survey, 'auto', diskAccess()))
}

const read = async (...parts: readonly string[]) =>
  valueOf(await readOmeFile(diskAccess(), realPath(...parts)))

const wellsOf = (samples: readonly { readonly well: string }[]) =>
  [...Map.groupBy(samples, ({ well }) => well)].map(([well, own]) => `${well} ${own.length}`)

describeReal('OME-XML of real programs', () => {
  test('VisiView writes a time more than it counts', async () => {
    const name = '20241003_experiment_488_7_640_3_1.companion.ome'
    const { images } = await read('plates/ome_companion', name)
    expect(images).toMatchObject([
      {
        acquiredAt: '2024-10-03T14:26:38.7980142+02:00',
        depths: 1,
        times: 6,
        pixelSize: 0.16,
        channels: [
          { name: 'Channel1', excitation: 488, emission: 525 },
          { name: 'Channel2', excitation: 640, emission: 680 },
        ],
        blocks: { length: 12 },
        planes: { size: 12 },
      },
    ])
    const [image] = images
    const stem = '20240729_experiment_488_7_640_3_1'
    expect(new Set(image!.blocks.map(({ fileName }) => fileName))).toEqual(
      new Set([`${stem}_w1Channel1.ome.tif`, `${stem}_w2Channel2.ome.tif`]),
    )
    const last = image!.planes.get(omePlaneIndex(image!, 0, 1, 5))!
    expect(last.delay).toBeCloseTo(1002.98762, 6)
    expect(last.position).toEqual({ x: -49883.5, y: 6781.1, z: 4523.25 })
  })

  test('a stack of 33 depths has its places, and a unit that is not written', async () => {
    const { images } = await read('plates/ome_companion', 'c3_z33.companion.ome')
    const [image] = images
    expect(image).toMatchObject({ depths: 33, times: 1, pixelSize: 0.0649555549 })
    expect(image!.channels.map(({ name, emission }) => `${name} ${emission}`)).toEqual([
      'Conf640 650',
      'Conf561 580',
      'Conf405 460',
    ])
    expect(image!.planes.size).toBe(99)
    expect(image!.planes.get(omePlaneIndex(image!, 3, 0, 0))).toMatchObject({
      position: { x: -46038.9, y: 4781.1, z: 68.5 },
    })
    expect(image!.planes.get(omePlaneIndex(image!, 32, 2, 0))!.position!.z).toBe(83)
  })

  test('companions without their images claim nothing', async () => {
    const { acquisitions, unmatched } = await identify('plates/ome_companion')
    expect({ acquisitions, unmatched: unmatched.length }).toEqual({
      acquisitions: [],
      unmatched: 2,
    })
  })

  test.each([
    ['hcs', 1, 48, [['A01 1']]],
    ['one-screen-one-plate-four-wells', 11, 11, [['B02 2', 'B03 2', 'C02 5', 'C03 2']]],
    [
      'two-screens-two-plates-four-wells',
      22,
      22,
      [
        ['B02 2', 'B03 2', 'C02 5', 'C03 2'],
        ['B02 2', 'B03 2', 'C02 5', 'C03 2'],
      ],
    ],
    ['timestampannotation', 1, 3, [['B02 1'], []]],
    ['multi-channel-z-series-time-series', 1, 50, []],
    ['metadata-only', 1, 25, []],
    ['spim', 4, 32, []],
    ['folders-larger-taxonomy', 1, 3, []],
  ])('%s has %i images of %i planes', async (name, images, planes, wells) => {
    const xml = await read('ometiff/ome_xml_2016-06', `${name}.ome.xml`)
    expect(xml.images).toHaveLength(images)
    const sizes = xml.images.map(({ depths, times, channels, samples }) => {
      return depths * times * channels.length * samples
    })
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(planes)
    // Rows and columns count from 0: row 1, column 2 is B03.
    const found = xml.plates.map(({ samples }) => wellsOf(samples).toSorted())
    expect(found).toEqual(wells.map(own => own.toSorted()))
  })
})

describeReal('real OME-TIFFs', () => {
  const placesOf = ({ planes }: Acquisition) =>
    planes.map(({ path, page, channel, z, t }) => `${path}[${page}] ${channel} z${z} t${t}`)

  test('a stack over five files and an image of three pages are two fields', async () => {
    const { acquisitions, unmatched, faults } = await identify('ometiff/avivator')
    expect({ unmatched, faults }).toEqual({ unmatched: [], faults: [] })
    expect(acquisitions).toMatchObject([
      { plate: 'avivator', instrument: 'ome-tiff', ignored: ['multifile.companion.ome'] },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([
      ...[1, 2, 3].map(c => `multi-channel.ome.tif[${c - 1}] w${c} z1 t1`),
      ...[1, 2, 3, 4, 5].map(z => `multifile-Z${z}.ome.tiff[0] w1 z${z} t1`),
    ])
    const fields = groupFields(acquisitions[0]!)
    expect(fields.map(({ name, planes }) => [name, planes.length])).toEqual([
      ['multi-channel.ome.tif', 3],
      ['multifile-Z1.ome.tiff', 5],
    ])
  })

  test('their pixels are those that tifffile reads', async () => {
    const { acquisitions } = await identify('ometiff/avivator')
    const sums = await Promise.all(
      acquisitions[0]!.planes.slice(3).map(async ({ absolute, page }) => {
        const image = valueOf(await openImage(absolute))
        const { pixels } = toPlane(valueOf(await image.readPage(page)))
        return [...pixels].reduce((sum, value) => sum + value, 0)
      }),
    )
    expect(sums).toEqual([94605, 16575, 93330, 17136, 92820])
  })
})
