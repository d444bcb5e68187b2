import { expect, test } from 'vitest'
import { parseMetaSeriesNotes } from '#workstation/intake/instruments/metaseries-notes.ts'
import { metaSeriesDescription } from '#workstation/simulate/metaseries-description.ts'
import { imagedPlate } from '../../support/imaged-plate.ts'

const plane = { width: 64, height: 48, pixels: new Uint16Array(64 * 48), fullScale: 65_535 }
const image = { well: 'B03', site: 2, wave: 2, channel: 'FITC', place: 3, plane }
const plate = { ...imagedPlate(), optics: { ...imagedPlate().optics, pixelSize: 0.5 } }

test('a simulated plane says where, when and how it was taken', () => {
  // B03 of 96 wells is 2 × 9 mm right and 9 mm below A01, whose middle is at 14.38, 11.24 mm; two fields lie side by side.
  expect(parseMetaSeriesNotes(metaSeriesDescription(plate, image))).toEqual({
    plane: {
      pixelSize: 0.5,
      position: { x: 14_380 + 18_000 + 16, y: 11_240 + 9_000, z: 0 },
      takenAt: '2026-01-05T08:00:03.000',
    },
    setting: 'FITC',
    emission: 519,
    exposure: 100,
    objective: { name: '20x/0.75', magnification: 20, numericalAperture: 0.75 },
  })
})
