import { expect, test } from 'vitest'
import { INSTRUMENTS } from '#workstation/intake/instruments/registry.ts'
import { paperFolder } from '../../../support/surveys.ts'

/** What the names of instruments are made of. */
const PIECES = [
  ...['a', '1', '_', '-', ' ', '.', '_A01', 'A01_', '-A01', '_s1', '_w1', '__s1__w1', '_t1', '_z1'],
  ...['r01c01f01', 'r01c01f01p01-ch1', 'sk1fk1fl1', 'T0001F001L01', 'A01Z01C01', '_T0001', '_1-1_'],
  ...['A - 01(fld 1 ', 'A - 1(', 'wv ', '(', ')', '--W00001', '--P00001', 'W0001F0001T0001Z001C1'],
  ...['-W001--A001', '--LO001', '--CO1', 'A1_1_', '_2020y01m01d_00h00m', '_02_1_1Phase', '1_Pos'],
  ...['Channel1-13-A-01', 'img_channel000', '_position000', '_time000000000', '_z000', '_MMStack'],
  ...['TimePoint_1', '_thumb', '.ome', '-Site_0', '_ch1', 'Image', 'A01', 'Pos_001_001'],
]
const ENDS = [
  '',
  '!',
  '.tif',
  '!.tif',
  '.ome.tif',
  '.TIF~',
  '.png',
  '.xml',
  '.HTD',
  '.txt',
  '.json',
]

test('no name that the system allows takes an instrument long', () => {
  const names = PIECES.flatMap(piece => {
    const long = piece.repeat(255).slice(0, 245)
    const two = `${piece.repeat(255).slice(0, 122)}${'1'.repeat(122)}`
    return ENDS.flatMap(end => [`${long}${end}`, `${two}${end}`, `${long}/${two}${end}`])
  })
  const { survey } = paperFolder(Object.fromEntries(names.map(name => [name, ''])))
  const slow = INSTRUMENTS.map(instrument => {
    const before = process.cpuUsage()
    // One name at a time: the first that fits would end the looking.
    for (const file of survey.files) instrument.detect([file])
    const { user, system } = process.cpuUsage(before)
    return { id: instrument.id, ms: (user + system) / 1000 }
  })
  expect(names.length).toBeGreaterThan(1500)
  expect(
    slow.reduce((sum, { ms }) => sum + ms, 0),
    JSON.stringify(slow),
  ).toBeLessThan(1000)
})
