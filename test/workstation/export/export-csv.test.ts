import { parse } from 'csv-parse/sync'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parfocal } from '../../support/command-line.ts'

type CsvRow = Record<string, string>

describe('the tables of a plate of which a well was imaged again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-export-'))
  const table = (name: string): CsvRow[] =>
    parse(readFileSync(join(folder, 'C', name), 'utf8'), { columns: true })
  const superseded = (name: string): string[] =>
    table(name)
      .filter(row => row['Metadata_Superseded'] === '1')
      .map(row => `${row['Metadata_Acquisition']} ${row['Metadata_Well']}`)

  beforeAll(async () => {
    const size = ['--wells', '3', '--fields', '1', '--channels', '2', '--size', '256x256']
    await parfocal(['simulate', 'P', ...size, '--seed', '4', '--again', 'A02'], folder)
    await parfocal(['run', 'P', '--store', 'S'], folder)
    await parfocal(['export', 'S', '--to', 'C', '--as', 'csv'], folder)
  }, 120_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(['image.csv', 'object.csv', 'well.csv'])('mark the former images in %s', name => {
    expect(new Set(superseded(name))).toEqual(new Set(['0 A02']))
    const told = new Set(table(name).map(row => row['Metadata_Superseded']))
    expect(told).toEqual(new Set(['0', '1']))
  })

  test('count every nucleus once without them', () => {
    const rows = table('object.csv').filter(row => row['Metadata_Superseded'] === '0')
    const keys = rows.map(row => `${row['Metadata_Well']} ${row['ObjectNumber']}`)
    expect(new Set(keys).size).toBe(rows.length)
    expect(table('object.csv').length).toBeGreaterThan(rows.length)
  })

  test('say it after what was said of quality, and in sums before the counts', () => {
    const columns = (name: string): string[] => Object.keys(table(name)[0]!)
    const place = columns('image.csv').indexOf('Metadata_QCReasons')
    expect(columns('image.csv')[place + 1]).toBe('Metadata_Superseded')
    expect(columns('object.csv').slice(6, 10)).toEqual([
      'ObjectNumber',
      'Metadata_QCFlag',
      'Metadata_QCReasons',
      'Metadata_Superseded',
    ])
    expect(columns('well.csv').slice(0, 5)).toEqual([
      'Metadata_Plate',
      'Metadata_Acquisition',
      'Metadata_Well',
      'Metadata_Superseded',
      'Count_Fields',
    ])
  })

  test('say of a plate that some of its sum was imaged again', () => {
    const said = table('plate.csv').map(row => row['Metadata_Superseded'])
    expect(said).toEqual(['1', '0'])
  })
})
