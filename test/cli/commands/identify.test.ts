import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeTiffPages } from '#core/image/encode-tiff.ts'
import { parfocal } from '../../support/command-line.ts'
import { drawPng } from '../../support/draw-png.ts'
import { omeImage, omeText, tiffData } from '../../support/ome-texts.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { htdText } from '../../support/surveys.ts'

const ORDER = ['--wells', '2', '--fields', '2', '--channels', '2', '--size', '64x48']

describe('parfocal identify', () => {
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parfocal-identify-'))
    await parfocal(['simulate', 'plate', ...ORDER, '--defects', 'none', '--seed', '3'], folder)
    rmSync(join(folder, 'plate/TimePoint_1/simulated-3_A02_s2_w1.tif'))
    writeFileSync(join(folder, 'plate/notes.txt'), 'of the day')
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('says which instrument it is, why, how it was imaged and what is missing', async () => {
    const { code, stdout, stderr } = await parfocal(['identify', 'plate'], folder)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n')).toEqual([
      `${join(folder, 'plate')}: 9 files, 7 of them images`,
      'certain     ImageXpress, by the index simulated-3.HTD: 7 of 7 images',
      '',
      'Plate simulated-3',
      '  read by     its index, ImageXpress (imagexpress), certain',
      expect.stringMatching(/^ {2}id {10}[\da-f-]{36}$/),
      '  wells       2 of 6: A01, A02',
      '  sites       1, 2',
      '  channels    DAPI (461 nm, 40 ms, 3 planes); FITC (519 nm, 100 ms, 4 planes)',
      '  pixel size  0.65 µm',
      '  positions   of 7 planes',
      '  z           1',
      '  t           1',
      '  objective   20x/0.75, 20×, NA 0.75',
      '  imaged      2026-01-05T08:00:00.000',
      '  planes      7 of 8 arrived, 1 missing',
      '  missing     A02 site 2 DAPI z1 t1',
      '',
      '1 other file was not recognised.',
      'unmatched   notes.txt',
      '',
    ])
  })

  test('prints all of it as one JSON document', async () => {
    const { code, stdout } = await parfocal(['identify', 'plate', '--json'], folder)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      folder: join(folder, 'plate'),
      naming: 'auto',
      files: 9,
      images: 7,
      signs: expect.arrayContaining([
        {
          instrument: 'imagexpress',
          by: 'index',
          sure: 'certain',
          why: 'the index simulated-3.HTD',
          claimed: 7,
          of: 7,
        },
      ]) as unknown,
      plates: [
        {
          plate: 'simulated-3',
          namedBy: 'index',
          sure: 'certain',
          wells: ['A01', 'A02'],
          pixelSizes: [0.65],
          planes: { expected: 8, arrived: 7, projections: 0, withPosition: 7 },
          missing: [{ well: 'A02', site: 2, channel: 'DAPI', z: 1, t: 1 }],
        },
      ],
      unmatched: ['notes.txt'],
      faults: [],
    })
  })

  test('reads by a table that lies where the user stands', async () => {
    mkdirSync(join(folder, 'tables'), { recursive: true })
    const rows = [
      'path,plate,well,channel',
      'simulated-3_A01_s1_w1.tif,Mine,C07,DNA',
      'gone.tif,Mine,C08,DNA',
      'simulated-3_A01_s1_w2.tif,Mine,nowhere,DNA',
    ]
    writeFileSync(join(folder, 'tables/map.csv'), rows.join('\n'))
    const asked = ['identify', '../plate', '--naming', 'map.csv', '--json']
    const { code, stdout } = await parfocal(asked, join(folder, 'tables'))
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      naming: join(folder, 'tables/map.csv'),
      plates: [
        {
          plate: 'Mine',
          namedBy: 'map',
          sure: null,
          planes: { expected: 2, arrived: 1 },
          missing: [{ well: 'C08' }],
        },
      ],
      faults: [
        { path: join(folder, 'tables/map.csv'), message: expect.stringContaining('line 4') },
      ],
    })
  })

  test('writes nothing', async () => {
    const before = readdirSync(folder, { recursive: true })
    await parfocal(['identify', 'plate'], folder)
    expect(readdirSync(folder, { recursive: true })).toEqual(before)
  })

  test.each([
    [['identify', 'nowhere'], 'nowhere'],
    [['identify', 'plate', '--naming', 'imagexpres'], '--naming'],
    [['identify', 'plate', '--naming', '(?<well>'], 'regular expression'],
    [['identify', 'plate', '--naming', 'absent.csv'], 'a table that is there'],
  ])('refuses %j', async (asked, words) => {
    const { code, stdout, stderr } = await parfocal(asked, folder)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
  })
})

describe('what parfocal identify says', () => {
  test('of images of no plate is what they were read by', async () => {
    const folder = temporaryFolder()
    const description = omeText(omeImage(0, { data: [tiffData('IFD="0" PlaneCount="2"')] }))
    const page = { width: 4, height: 2, pixels: new Uint16Array(8) }
    writeFileSync(join(folder, 'a.ome.tif'), encodeTiffPages([{ ...page, description }, page]))
    const { stdout } = await parfocal(['identify', '.'], folder)
    expect(stdout).toContain('  read by     metadata of no plate, OME-TIFF (ome-tiff)\n')
    expect(stdout).toContain('  channels    DAPI (1 plane); FITC (1 plane)\n')
    writeFileSync(join(folder, 'a.ome.tif'), encodeTiffPages([page]))
    const loose = await parfocal(['identify', '.', '--naming', 'loose'], folder)
    expect(loose.stdout).toContain('  read by     nothing: every image is a field of its own\n')
  })

  test('of signs shows names that each of them holds, and none that holds nothing', async () => {
    const folder = temporaryFolder()
    for (const name of ['P_A01_s1_w1.tif', 'Q_A01_s1_w1.png', 'photo.png']) {
      writeFileSync(join(folder, name), '')
    }
    const index = htdText({ wells: ['A01'], uniqueId: 'p' })
    mkdirSync(join(folder, 'R'))
    writeFileSync(join(folder, 'R/R.HTD'), index)
    writeFileSync(join(folder, 'R/R_A01.tif'), '')
    const { stdout } = await parfocal(['identify', '.'], folder)
    const signs = stdout.split('\n').filter(line => / of \d+ images$/.test(line))
    expect(signs).toEqual([
      'certain     ImageXpress, by the index R/R.HTD: 1 of 4 images',
      'likely      ImageXpress, by names like P_A01_s1_w1.tif: 1 of 4 images',
      'possible    Plain names, such as A01_s1_w1, by names like Q_A01_s1_w1.png: 1 of 4 images',
    ])
  })
})

describe('a table for --naming', () => {
  test('names planes for quality and run', async () => {
    const folder = temporaryFolder()
    await parfocal(
      ['simulate', 'plate', ...ORDER, '--defects', 'none', '--naming', 'pattern'],
      folder,
    )
    writeFileSync(
      join(folder, 'map.csv'),
      'path,well,site,channel\nsimulated-1_A01_s1_DAPI.tif,H12,3,DNA\n',
    )
    const quality = await parfocal(['quality', 'plate', '--naming', 'map.csv', '--json'], folder)
    const { planes } = JSON.parse(quality.stdout) as { planes: { path: string; well: string }[] }
    expect(planes).toHaveLength(8)
    expect(planes.find(({ path }) => path.includes('A01_s1_DAPI'))).toMatchObject({
      well: 'H12',
      field: '3',
      channel: 'DNA',
      plate: 'plate',
    })
    const run = await parfocal(
      ['run', 'plate', '--naming', 'map.csv', '--store', 'store', '--quality-only', '--json'],
      folder,
    )
    expect(run.code).toBe(0)
    expect(JSON.parse(run.stdout)).toMatchObject({
      plates: [{ name: 'plate', instrument: 'map', planes: { expected: 1, arrived: 1 } }],
      unmatched: { length: 7 },
    })
  })
})

describe('a folder of which no image is used', () => {
  test.each([
    ['identify', []],
    ['run', ['--store', 'store', '--quality-only']],
  ])('ends %s with faults and says so; an empty one does not', async (command, options) => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'images'))
    const empty = await parfocal([command, 'images', ...options], folder)
    expect(empty.code).toBe(0)
    writeFileSync(join(folder, 'images/beach.png'), drawPng({}))
    const { code, stdout } = await parfocal([command, 'images', ...options], folder)
    expect(code).toBe(1)
    expect(stdout).toContain('The image was not used: nothing says where it belongs.')
    expect(stdout).toContain('1 image was not recognised.\nunmatched   beach.png')
    const table = join(folder, 'map.csv')
    writeFileSync(table, 'path,well\n')
    const asked = [command, 'images', '--naming', 'map.csv', ...options]
    const headings = await parfocal(asked, folder)
    expect(headings.code).toBe(1)
    expect(headings.stdout).toContain('it has headings and no rows')
  })
})

describe('a pattern that tries too many ways to match a name', () => {
  test.each([
    ['identify', []],
    ['quality', []],
    ['run', ['--store', 'store', '--quality-only']],
    ['watch', ['--store', 'store', '--quiet', '0.5']],
  ])('ends %s with what is wrong', async (command, options) => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'images'))
    // A file that is no image at all is waited for.
    writeFileSync(join(folder, `images/${'a'.repeat(38)}!.png`), drawPng({}))
    const slow = '^(?<well>(a+)+)$'
    const { code, stderr } = await parfocal(
      [command, 'images', '--naming', slow, ...options],
      folder,
    )
    expect(code).toBe(2)
    expect(stderr).toContain('it tries too many ways to match one name')
  })
})
