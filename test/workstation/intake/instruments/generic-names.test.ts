import { describe, expect, test } from 'vitest'
import { genericNames } from '#workstation/intake/instruments/generic-names.ts'
import { paperFiles } from '../../../support/surveys.ts'

async function read(...paths: readonly string[]) {
  const { survey, access } = paperFiles(...paths)
  const { root, files } = survey
  const reading = await genericNames.read({ root, files, by: 'name', chosen: false, access })
  return reading.acquisitions.flatMap(({ plate, planes }) =>
    planes.map(({ well, site, channel, z }) => `${plate} ${well} s${site} ${channel} z${z}`),
  )
}

describe('names in general use', () => {
  test.each([
    ['Channel2-13-B-01.tif', 'screen B01 s1 Channel2 z1'],
    ['BBBC006_z_aligned__a05__s2__w1_10.png', 'BBBC006_z_aligned A05 s2 w1 z10'],
    ['plate_A01_s1_w1.png', 'plate A01 s1 w1 z1'],
    ['my_plate_p24_s12_w10_t2_z3.TIFF', 'my_plate P24 s12 w10 z3'],
  ])('%s is read', async (path, place) => {
    expect(await read(path)).toEqual([place])
  })

  test.each([
    'r01c01f01p01-ch1sk1fk1fl1.tiff',
    'plate_D08_T0001F001L01A01Z01C01.tif',
    'A - 01(fld 1 wv 390 - Blue).tif',
    'B2_1_Bright Field_1_001_02.tif',
    'mitocheck_t1.tif',
    'DC_DCAM#1_CAM3.tif',
    'Channel1-01-A-01.csv',
  ])('%s is left alone', async path => {
    expect(await read(path)).toEqual([])
    expect(genericNames.detect(paperFiles(path).survey.files)).toEqual([])
  })

  test('of two kinds in one folder make two plates', async () => {
    expect(await read('Channel1-01-A-01.tif', 'P_A01_s1_w1.png')).toEqual([
      'P A01 s1 w1 z1',
      'screen A01 s1 Channel1 z1',
    ])
  })
})
