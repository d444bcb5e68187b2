import { describe, expect, test } from 'vitest'
import { parseMetaSeriesNotes } from '#workstation/intake/instruments/metaseries-notes.ts'

/** As MetaXpress 6.7 orders and spells them. */
function notes(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(
    ([id, value]) => `<prop id="${id}" type="string" value="${value}"/>`,
  )
  return ['<MetaData>', '<PlaneInfo>', ...lines, '</PlaneInfo>', '</MetaData>'].join('\r\n')
}

const WHOLE = {
  'spatial-calibration-state': 'on',
  'spatial-calibration-x': '1.3672',
  'spatial-calibration-y': '1.3672',
  'spatial-calibration-units': 'um',
  'acquisition-time-local': '20240709 13:13:07.935',
  'stage-position-x': '23300',
  'stage-position-y': '-19885.5',
  'z-position': '9992.24',
  wavelength: '520',
  _IllumSetting_: 'Texas Red',
  _MagNA_: '0.95',
  _MagSetting_: '40X Plan Apo Lambda',
}

describe('the notes of MetaXpress', () => {
  test('say how a plane was imaged', () => {
    const text = notes(WHOLE).replace(
      '</PlaneInfo>',
      '<custom-prop id="Exposure Time" type="string" value="100 ms"/></PlaneInfo>',
    )
    expect(parseMetaSeriesNotes(text)).toEqual({
      plane: {
        pixelSize: 1.3672,
        position: { x: 23300, y: -19885.5, z: 9992.24 },
        takenAt: '2024-07-09T13:13:07.935',
      },
      setting: 'Texas Red',
      emission: 520,
      exposure: 100,
      objective: { name: '40X Plan Apo Lambda', magnification: 40, numericalAperture: 0.95 },
    })
  })

  test('say nothing where they are silent', () => {
    expect(parseMetaSeriesNotes(notes({ wavelength: '0' }))).toEqual({
      plane: { pixelSize: null, position: null, takenAt: null },
      setting: null,
      emission: null,
      exposure: null,
      objective: null,
    })
  })

  test.each([
    ['stage-position-x', '1e300'],
    ['stage-position-x', '0x10'],
    ['stage-position-y', ''],
    ['stage-position-y', '12,5'],
  ])('a position of %s %s is none', (id, value) => {
    const { plane } = parseMetaSeriesNotes(notes({ ...WHOLE, [id]: value }))!
    expect(plane).toMatchObject({ position: null, pixelSize: 1.3672 })
  })

  test.each(['2024-07-09 13:13:07', '20241309 13:13:07.935', '20240709 25:13:07.935', ''])(
    'a time of "%s" is none',
    time => {
      const text = notes({ ...WHOLE, 'acquisition-time-local': time })
      expect(parseMetaSeriesNotes(text)!.plane.takenAt).toBeNull()
    },
  )

  test.each([
    ['100 ms', 100],
    ['1.5 s', 1500],
    ['2 sec', 2000],
    ['auto', null],
    ['-5 ms', null],
  ])('an exposure of %s is %s ms', (text, ms) => {
    expect(parseMetaSeriesNotes(notes({ 'Exposure Time': text }))!.exposure).toBe(ms)
  })

  test.each(['', '  ', 'x'.repeat(101)])('a setting called "%s" has no name', name => {
    expect(parseMetaSeriesNotes(notes({ _IllumSetting_: name }))!.setting).toBeNull()
  })

  test('a depth without a place is not a position', () => {
    const { plane } = parseMetaSeriesNotes(notes({ 'z-position': WHOLE['z-position'] }))!
    expect(plane.position).toBeNull()
  })

  test.each(['', 'ImageJ=1.54', '<OME></OME>', 'MetaData'])('"%s" has none', text => {
    expect(parseMetaSeriesNotes(text)).toBeNull()
  })
})
