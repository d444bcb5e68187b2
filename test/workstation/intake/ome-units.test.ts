import { describe, expect, test } from 'vitest'
import { momentAfter, omeLength, omeTime } from '#workstation/intake/ome-units.ts'

describe('what OME-XML measures', () => {
  test.each([
    ['0.325', 'µm', 0.325],
    ['0.325', 'μm', 0.325],
    ['325', 'nm', 0.325],
    ['-1.5', 'mm', -1500],
    ['1e-6', 'm', 1],
    ['12', 'reference frame', null],
    ['12', 'pixel', null],
    ['NaN', 'µm', null],
    ['1e999', 'µm', null],
    ['', 'µm', null],
    [undefined, 'µm', null],
  ])('%s %s is a length of %s µm', (text, unit, micrometres) => {
    const length = omeLength(text, unit)
    if (micrometres === null) expect(length).toBeNull()
    else expect(length).toBeCloseTo(micrometres, 9)
  })

  test('times are in milliseconds', () => {
    expect(omeTime('0.04', 's')).toBeCloseTo(40)
    expect(omeTime('40', 'ms')).toBe(40)
    expect(omeTime('1', 'fortnight')).toBeNull()
  })

  test.each([
    ['2024-10-03T14:26:38.7980142+02:00', 200, '2024-10-03T14:26:38.998+02:00'],
    ['2010-02-23T12:51:30', 0, '2010-02-23T12:51:30.000'],
    ['2010-02-23T23:59:59Z', 1500, '2010-02-24T00:00:00.500Z'],
    ['yesterday', 0, null],
    ['2010-99-99T00:00:00', 0, null],
    ['2010-02-23T12:51:30', 1e300, null],
  ])('%s and %s ms later', (moment, later, expected) => {
    expect(momentAfter(moment, later)).toBe(expected)
  })
})
