import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { diskAccess } from '#workstation/intake/disk.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { groupFields } from '#workstation/intake/group-fields.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { hashFile } from '#workstation/record/hash-file.ts'
import { describeReal, realPath } from '../support/real-data.ts'
import { valueOf } from '../support/value-of.ts'

const FOLDER = 'omezarr'

async function identify(folder: string) {
  const survey = await surveyFolder(realPath(FOLDER, folder))
  expect(survey.faults).toEqual([])
  return valueOf(await identifyAcquisitions(survey, 'auto', diskAccess()))
}

/** SHA-256 of the pixels as numbers in little-endian order, the first 16 digits. */
async function digest(path: string, page: number): Promise<string> {
  const image = valueOf(await openImage(realPath(FOLDER, path)))
  const { pixels } = valueOf(await image.readPage(page))
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}

describeReal('real OME-Zarr', () => {
  test('plates of version 0.4 without metadata of wells', async () => {
    const { acquisitions, faults, unmatched } = await identify('example_data')
    expect(faults).toEqual([])
    expect(unmatched).toEqual([])
    expect(acquisitions.map(({ plate, folder, expected }) => [plate, folder, expected])).toEqual([
      ['plate_ones', 'plate_ones.zarr', 6],
      ['plate_ones_mip', 'plate_ones_mip.zarr', 2],
    ])
    const [stack] = acquisitions
    expect(missingPlanes(stack!)).toEqual([])
    expect(
      stack!.planes.map(({ path, page, well, site, channel, z, t }) => [
        path,
        page,
        well,
        site,
        channel,
        z,
        t,
      ]),
    ).toEqual(
      [0, 1, 2, 3, 4, 5].map(page => [
        'plate_ones.zarr/B/03/0/0',
        page,
        'B03',
        1,
        `some-label-${Math.floor(page / 3) + 1}`,
        (page % 3) + 1,
        1,
      ]),
    )
    expect(stack!.planes[0]!.facts).toEqual({ pixelSize: 0.1625, position: null, takenAt: null })
  })

  test('an image of version 0.5 in shards, with channels and depth', async () => {
    const { acquisitions, faults, unmatched } = await identify('example_data_zarr3')
    expect(faults).toEqual([])
    expect(unmatched).toEqual(['README.txt'])
    const [run] = acquisitions
    expect(run!.planes).toHaveLength(2 * 236)
    expect(run!.channels.map(({ name }) => name)).toEqual(['LaminB1', 'Dapi'])
    expect(run!.planes[235]).toMatchObject({
      page: 235,
      channel: 'LaminB1',
      z: 236,
      t: 1,
      well: null,
    })
    expect(run!.planes[236]).toMatchObject({ page: 236, channel: 'Dapi', z: 1 })
    expect(run!.planes[0]!.facts!.pixelSize).toBeCloseTo(1.44159, 5)
  })

  test('an image with time, depth and labels', async () => {
    const { acquisitions, faults, unmatched } = await identify('example_data_5d')
    expect(faults).toEqual([])
    expect(unmatched).toEqual([])
    const fields = groupFields(acquisitions[0]!)
    expect(
      fields.map(({ t, planes }) => [t, planes.map(({ page, z }) => `${page} z${z}`)]),
    ).toEqual([
      [1, ['0 z1', '1 z2']],
      [2, ['2 z1', '3 z2']],
      [3, ['4 z1', '5 z2']],
    ])
  })

  // By zarr 2.13 for Python; those in shards by numcodecs 0.11 and the specification of sharding.
  test.each([
    ['example_data/plate_ones.zarr/B/03/0/0', 5, '25b6521d6c68127d'],
    ['example_data/plate_ones_mip.zarr/B/03/0/labels/organoids/0', 0, 'c35e147f6b12ef25'],
    ['example_data_5d/tubhiswt4D_sub.zarr/0', 0, 'cb635a20b3c8d24f'],
    ['example_data_5d/tubhiswt4D_sub.zarr/0', 3, '0ebc7b82c6759821'],
    ['example_data_5d/tubhiswt4D_sub.zarr/0', 5, 'f0d73da9fc5fb0f6'],
    ['example_data_5d/tubhiswt4D_sub.zarr/labels/embryo/0', 0, '4e0644ac0cfb9ee8'],
    ['example_data_zarr3/6001240_labels_v0.5.zarr/2', 0, '003db33bc31c248c'],
    ['example_data_zarr3/6001240_labels_v0.5.zarr/2', 236, 'fea6fe9e0d3f41da'],
    ['example_data_zarr3/6001240_labels_v0.5.zarr/2', 471, 'e52eeac601fcf9f9'],
  ])('%s, page %i, has the pixels that another reader finds', async (path, page, expected) => {
    expect(await digest(path, page)).toBe(expected)
  })

  test('an array has one identity, whoever asks', async () => {
    const path = realPath(FOLDER, 'example_data_5d/tubhiswt4D_sub.zarr/0')
    const { sha256, bytes } = valueOf(await openImage(path))
    expect(await hashFile(path)).toEqual({ sha256, bytes })
  })
})
