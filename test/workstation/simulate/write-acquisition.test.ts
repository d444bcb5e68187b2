import { parse } from 'csv-parse/sync'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDefects, type DefectShares } from '#core/simulate/defects.ts'
import { parseHtd } from '#workstation/intake/instruments/htd.ts'
import { readLabels } from '#workstation/reading/read-labels.ts'
import type { Naming } from '#workstation/simulate/naming.ts'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import {
  writeAcquisition,
  type AcquisitionOptions,
  type AcquisitionTruth,
} from '#workstation/simulate/write-acquisition.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

function options(choice: Partial<AcquisitionOptions> = {}): AcquisitionOptions {
  const base = temporaryFolder()
  return {
    folder: join(base, 'plate'),
    truthFolder: join(base, 'truth'),
    naming: NAMINGS['imagexpress']!,
    seed: 3,
    format: 6,
    wells: 3,
    fields: 2,
    channels: 2,
    width: 96,
    height: 64,
    defects: {},
    rate: null,
    ...choice,
  }
}

async function write(order: AcquisitionOptions, signal?: AbortSignal): Promise<AcquisitionTruth> {
  return valueOf(await writeAcquisition(order, signal))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

function hashes(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(folder).map(file => {
      const hash = createHash('sha256').update(readFileSync(join(folder, file)))
      return [file, hash.digest('hex')]
    }),
  )
}

function shares(text: string): DefectShares {
  const parsed = parseDefects(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}

describe('an acquisition on disk', () => {
  test('has the names of an ImageXpress, its index beside them', async () => {
    const order = options()
    await write(order)
    expect(filesIn(order.folder)).toEqual([
      ...['A01', 'A02', 'A03'].flatMap(well =>
        ['s1_w1', 's1_w2', 's2_w1', 's2_w2'].map(
          plane => `TimePoint_1/simulated-3_${well}_${plane}.tif`,
        ),
      ),
      'simulated-3.HTD',
    ])
  })

  test('leaves out the site and the wave where there is one', async () => {
    const order = options({ wells: 1, fields: 1, channels: 1 })
    await write(order)
    expect(filesIn(order.folder)).toEqual(['TimePoint_1/simulated-3_A01.tif', 'simulated-3.HTD'])
  })

  test('has plain names and no index where names are all there is', async () => {
    const order = options({ wells: 1, naming: NAMINGS['pattern']! })
    await write(order)
    expect(filesIn(order.folder)).toEqual([
      'simulated-3_A01_s1_DAPI.tif',
      'simulated-3_A01_s1_FITC.tif',
      'simulated-3_A01_s2_DAPI.tif',
      'simulated-3_A01_s2_FITC.tif',
    ])
  })

  test('is the same, byte for byte, for the same seed', async () => {
    const defects = shares('defocus:0.2,missing:0.1,truncated:0.1,debris:0.2')
    const one = options({ defects })
    const other = options({ defects })
    await write(one)
    await write(other)
    expect(hashes(one.folder)).toEqual(hashes(other.folder))
    expect(hashes(one.truthFolder!)).toEqual(hashes(other.truthFolder!))
  })

  test('has other pixels for another seed', async () => {
    const plain = NAMINGS['pattern']!
    const naming: Naming = {
      ...plain,
      files: (plate, images) =>
        plain.files(plate, images).map(({ bytes }) => ({ path: `${images.well}.tif`, bytes })),
    }
    const one = options({ seed: 1, naming, fields: 1, channels: 1 })
    const other = options({ seed: 2, naming, fields: 1, channels: 1 })
    await write(one)
    await write(other)
    const [a, b] = [hashes(one.folder), hashes(other.folder)]
    expect(Object.keys(a)).toEqual(Object.keys(b))
    expect(Object.keys(a).filter(file => a[file] === b[file])).toEqual([])
  })

  test('gives a field the same pixels however many others are imaged', async () => {
    const few = options({ wells: 2 })
    const many = options({ wells: 4 })
    await write(few)
    await write(many)
    const [a, b] = [hashes(few.folder), hashes(many.folder)]
    for (const file of Object.keys(a).filter(name => name.endsWith('.tif'))) {
      expect(b[file], file).toBe(a[file])
    }
  })

  test('lacks its missing planes, which are promised and known', async () => {
    const order = options({ defects: shares('missing:0.25') })
    const { planes } = await write(order)
    const missing = planes.filter(({ defects }) => defects.includes('missing'))
    expect(missing.length).toBe(3)
    expect(planes.length).toBe(12)
    for (const { path, defects } of planes) {
      expect(existsSync(join(order.folder, path)), path).toBe(!defects.includes('missing'))
    }
  })

  test('ends its truncated files in the middle', async () => {
    const order = options({ defects: shares('truncated:0.25') })
    const { planes } = await write(order)
    const sizes = (truncated: boolean): number[] => [
      ...new Set(
        planes
          .filter(({ defects }) => defects.includes('truncated') === truncated)
          .map(({ path }) => statSync(join(order.folder, path)).size),
      ),
    ]
    const [whole] = sizes(false)
    expect(sizes(true)).toEqual([Math.floor(whole! / 2)])
    expect(whole).toBeGreaterThan(96 * 64 * 2)
  })

  test('tells watchers to expect every plane before the first is written', async () => {
    const order = options()
    const seen: string[][] = []
    await write({ ...order, onPlane: () => seen.push(filesIn(order.folder)) })
    expect(seen[0]).toEqual(['TimePoint_1/simulated-3_A01_s1_w1.tif', 'simulated-3.HTD'])
    expect(seen.length).toBe(12)
  })

  test('images a well once more in a run of its own, without defects, the same plate by its index', async () => {
    const order = options({ wells: 6, defects: shares('defocus:0.5'), again: ['A02'] })
    const { planes } = await write(order)
    const again = planes.filter(({ path }) => path.startsWith('again/'))
    expect(again.map(({ path, defects }) => `${path} ${defects.join()}`)).toEqual(
      ['s1_w1', 's1_w2', 's2_w1', 's2_w2'].map(
        plane => `again/TimePoint_1/simulated-3_A02_${plane}.tif `,
      ),
    )
    const index = (folder: string): ReturnType<typeof parseHtd> =>
      parseHtd(readFileSync(join(order.folder, folder, 'simulated-3.HTD')), 'index')
    const [first, second] = ['', 'again'].map(index)
    if (!first!.ok || !second!.ok) throw new Error('an index makes no sense')
    expect(second!.value.uniqueId).toBe(first!.value.uniqueId)
    expect(second!.value.planes.wells).toEqual(['A02'])
    // The plate goes on a while, so that somebody can see that the well has failed.
    expect(planes.findIndex(({ path }) => path.startsWith('again/'))).toBe(24)
  })

  test('stops when it is told to, and knows what it has written', async () => {
    const order = options()
    const stop = new AbortController()
    const onPlane = (done: number): void => {
      if (done === 5) stop.abort()
    }
    const { planes } = await write({ ...order, onPlane }, stop.signal)
    expect(planes.length).toBe(5)
    expect(filesIn(order.folder).filter(file => file.endsWith('.tif')).length).toBe(5)
  })
})

describe('the truth', () => {
  test('has a row for every promised plane', async () => {
    const order = options({ defects: shares('defocus:0.5,empty:0.34,missing:0.1') })
    const { planes } = await write(order)
    const text = readFileSync(join(order.truthFolder!, 'truth.csv'), 'utf8')
    expect(text.split('\n')[0]).toBe('path,plate,well,site,channel,z,t,defects,defocus_um,cells')
    const rows: Record<string, string>[] = parse(text, { columns: true })
    expect(rows).toEqual(
      planes.map(({ path, plate, well, site, channel, defects, defocus, cells }) => ({
        path,
        plate,
        well,
        site: String(site),
        channel,
        z: '1',
        t: '1',
        defects: defects.join(';'),
        defocus_um: expect.stringMatching(/^-?\d+(\.\d\d?)?$/),
        cells: String(cells),
        ...(Math.abs(defocus) < 0.005 ? { defocus_um: '0' } : {}),
      })),
    )
    const blurred = rows.filter(({ defects }) => defects!.includes('defocus'))
    expect(blurred.length).toBe(4)
    expect(blurred.every(({ defocus_um }) => Math.abs(Number(defocus_um)) > 5)).toBe(true)
    const empty = rows.filter(({ defects }) => defects!.includes('empty'))
    expect(empty.map(({ cells }) => cells)).toEqual(['0', '0', '0', '0'])
  })

  test('labels the nuclei of each field that was written, once', async () => {
    const order = options({ defects: shares('missing:0.3') })
    const { planes } = await write(order)
    const nuclear = planes.filter(
      ({ channel, defects }) => channel === 'DAPI' && !defects.includes('missing'),
    )
    expect(nuclear.length).toBeGreaterThan(0)
    expect(nuclear.length).toBeLessThan(6)
    const expected = nuclear.map(({ path }) => path.replace(/^.*\/(.*)\.tif$/, '$1.labels.tif'))
    expect(readdirSync(join(order.truthFolder!, 'labels')).sort()).toEqual(expected.sort())
    for (const { path, cells } of nuclear) {
      const name = path.replace(/^.*\/(.*)\.tif$/, '$1.labels.tif')
      const labels = await readLabels(join(order.truthFolder!, 'labels', name))
      expect(labels).toMatchObject({ ok: true, value: { width: 96, height: 64, count: cells } })
    }
  })

  test('is not written where nobody asks for it', async () => {
    const order = options({ truthFolder: null, wells: 1 })
    await write(order)
    expect(readdirSync(join(order.folder, '..'))).toEqual(['plate'])
  })
})

describe('a folder that will not do', () => {
  test('holds something already', async () => {
    const order = options()
    mkdirSync(order.folder)
    writeFileSync(join(order.folder, 'yesterday.tif'), '')
    expect(await writeAcquisition(order)).toEqual({
      ok: false,
      fault: {
        kind: 'bad-option',
        option: 'DIR',
        value: order.folder,
        allowed: 'a new or empty folder',
      },
    })
    expect(filesIn(order.folder)).toEqual(['yesterday.tif'])
  })

  test.each([
    { name: 'within it', truth: (folder: string) => join(folder, 'truth') },
    { name: 'itself', truth: (folder: string) => folder },
  ])('for the truth is the acquisition $name', async ({ truth }) => {
    const order = options()
    const written = await writeAcquisition({ ...order, truthFolder: truth(order.folder) })
    expect(written).toMatchObject({ ok: false, fault: { kind: 'bad-option', option: '--truth' } })
    expect(existsSync(order.folder)).toBe(false)
  })

  test('for the truth holds another', async () => {
    const order = options({ wells: 1 })
    await write(order)
    const again = { ...order, folder: join(order.folder, '..', 'again') }
    expect(await writeAcquisition(again)).toMatchObject({
      ok: false,
      fault: { kind: 'bad-option', option: '--truth' },
    })
    expect(existsSync(again.folder)).toBe(false)
  })

  test('is a file', async () => {
    const order = options()
    writeFileSync(order.folder, 'not a folder')
    expect(await writeAcquisition(order)).toEqual({
      ok: false,
      fault: { kind: 'output-not-writable', path: order.folder, detail: 'ENOTDIR' },
    })
  })
})
