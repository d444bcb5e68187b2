import { describe, expect, test } from 'vitest'
import {
  indexedPlate,
  readImageName,
  runFolder,
} from '#workstation/intake/instruments/imagexpress-names.ts'
import { paperFiles } from '../../../support/surveys.ts'

function read(path: string) {
  const named = readImageName(paperFiles(path).survey.files[0]!)
  if (named === null) return null
  const { plate, well, site, wave, step, t, thumbnail } = named
  return { plate, well, site, wave, step, t, thumbnail }
}

const guid = '2667264a-6432-4f7e-bf58-625a1319a1c9'
const plain = { plate: 'P', well: 'B03', site: 1, wave: 1, step: null, t: 1, thumbnail: false }

describe('the name of an ImageXpress image', () => {
  test.each([
    ['P_B03.TIF', plain],
    ['P_B03_s2_w3.tif', { ...plain, site: 2, wave: 3 }],
    ['P_B03_s12_w1.tiff', { ...plain, site: 12 }],
    ['P_b03_w2.tif', { ...plain, wave: 2 }],
    ['P_af48_s1.tif', { ...plain, well: 'AF48' }],
    ['B03_s1_w1.tif', { ...plain, plate: null }],
    ['screen 1_day_2_B03_w1.tif', { ...plain, plate: 'screen 1_day_2' }],
    ['P_B03_s1_w1_t4.tif', { ...plain, t: 4 }],
    ['P_B03_t04.tif', { ...plain, t: 4 }],
    ['P_B03_w10_z05.tif', { ...plain, wave: 10, step: 5 }],
    ['B02 after_A01_wash_B03_s1.tif', { ...plain, plate: 'B02 after_A01_wash' }],
    ['P_B03_s1_w1_z5.tif', { ...plain, step: 5 }],
    ['TimePoint_7/P_B03_s1_w1.tif', { ...plain, t: 7 }],
    ['TimePoint_7/ZStep_2/P_B03_s1_w1.tif', { ...plain, t: 7, step: 2 }],
    ['ZStep_10/P_B03_s1_w1.tif', { ...plain, step: 10 }],
    ['run/ZStep_0/P_B03_s1_w1.tif', { ...plain, step: 0 }],
  ])('says where %s belongs', (path, place) => {
    expect(read(path)).toEqual(place)
  })

  test('keeps a GUID that begins with a digit out of the wave', () => {
    expect(read(`P_B03_s1_w1${guid}.tif`)).toEqual(plain)
    expect(read(`P_B03_s1_w1${guid.toUpperCase()}.tif`)).toEqual(plain)
  })

  test('reads waves above nine, with a GUID too', () => {
    expect(read('P_B03_s1_w12.tif')).toEqual({ ...plain, wave: 12 })
    expect(read(`P_B03_s1_w12${guid}.tif`)).toEqual({ ...plain, wave: 12 })
  })

  test('knows a thumbnail', () => {
    expect(read(`P_B03_s1_w1_thumb${guid}.tif`)).toEqual({ ...plain, thumbnail: true })
    expect(read('P_B03_w2_thumb.tif')).toEqual({ ...plain, wave: 2, thumbnail: true })
  })

  test.each([
    'P_B03_s1_w1.png',
    'P_B00_s1_w1.tif',
    'P_B03_s1_w1_mask.tif',
    'P_B03_s1_w123.tif',
    'r01c01f01p01-ch1sk1fk1fl1.tiff',
    'plate_D08_T0001F001L01A01Z01C01.tif',
    'BBBC006_z_aligned__a01__s1__w1_10.png',
    'image_2.tif',
  ])('is none in %s', path => {
    expect(read(path)).toBeNull()
  })

  test('tells an ImageXpress only when it says more than a well', () => {
    const telling = (path: string) => readImageName(paperFiles(path).survey.files[0]!)?.telling
    expect(telling('note_t01.tif')).toBe(false)
    expect(telling('TimePoint_1/note_t01.tif')).toBe(false)
    expect(telling('P_B03_s1.tif')).toBe(true)
    expect(telling('P_B03_w1.tif')).toBe(true)
    expect(telling('ZStep_1/P_B03.tif')).toBe(true)
  })
})

describe('the index of a plate', () => {
  test.each([
    ['9987.HTD', '9987'],
    ['deep/down/9987.htd', '9987'],
    ['9987_meta.HTD', '9987'],
    ['9987.csv', null],
  ])('%s is that of %s', (path, plate) => {
    expect(indexedPlate(path)).toBe(plate)
  })

  test.each([
    ['9987.HTD', ''],
    ['a/9987.HTD', 'a'],
    ['a/TimePoint_1/ZStep_2/9987.HTD', 'a'],
    ['a/MetaData/9987.HTD', 'a'],
    ['a/TimePoint_1/ZStep_2/P_B03_s1_w1.tif', 'a'],
    ['a/MetaData/P_B03_s1_w1.tif', 'a/MetaData'],
    ['a/TimePoint_x/P_B03_s1_w1.tif', 'a/TimePoint_x'],
    ['TimePoint_1/a/P_B03_s1_w1.tif', 'TimePoint_1/a'],
  ])('and the images: %s belongs to the run in "%s"', (path, folder) => {
    expect(runFolder(path)).toBe(folder)
  })
})
