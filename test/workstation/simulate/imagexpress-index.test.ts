import { describe, expect, test } from 'vitest'
import { parseHtd } from '#workstation/intake/instruments/htd.ts'
import { imagexpressIndex } from '#workstation/simulate/imagexpress-index.ts'
import type { ImagedPlate } from '#workstation/simulate/imaged-plate.ts'
import { imagedPlate } from '../../support/imaged-plate.ts'
import { valueOf } from '../../support/value-of.ts'

function promise(of: ImagedPlate) {
  return valueOf(parseHtd(new TextEncoder().encode(imagexpressIndex(of)), 'plate.HTD'))
}

describe('the index of a simulated plate', () => {
  test('is written as MetaXpress writes it', () => {
    const lines = imagexpressIndex(imagedPlate({ wells: 13, fields: 3, channels: 2 })).split('\r\n')
    expect(lines.slice(0, 9)).toEqual([
      '"HTSInfoFile", Version 1.0',
      '"Description", "Simulated by Parfocal, seed 1"',
      '"PlateType", 2',
      '"TimePoints", 1',
      '"ZSeries", FALSE',
      '"ZSteps", 1',
      '"ZProjection", FALSE',
      '"XWells", 12',
      '"YWells", 8',
    ])
    const on = Array(12).fill('TRUE').join(', ')
    expect(lines[9]).toBe(`"WellsSelection1", ${on}`)
    expect(lines[10]).toBe(`"WellsSelection2", TRUE, ${Array(11).fill('FALSE').join(', ')}`)
    expect(lines.slice(17, -3)).toEqual([
      '"Sites", TRUE',
      '"XSites", 2',
      '"YSites", 2',
      '"SiteSelection1", TRUE, TRUE',
      '"SiteSelection2", TRUE, FALSE',
      '"Waves", TRUE',
      '"NWavelengths", 2',
      '"WaveName1", "DAPI"',
      '"WaveName2", "FITC"',
      '"WaveCollect1", 1',
      '"WaveCollect2", 1',
    ])
    expect(lines.at(-3)).toMatch(
      /^"UniquePlateIdentifier", "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"$/,
    )
    expect(lines.slice(-2)).toEqual(['"EndFile"', ''])
  })

  test.each([
    { wells: 1, fields: 1, channels: 1 },
    { wells: 30, fields: 5, channels: 3 },
    { wells: 96, fields: 9, channels: 5 },
  ])('promises $wells wells × $fields sites × $channels waves to who reads it', choice => {
    const { planes } = promise(imagedPlate(choice))
    expect(planes.wells.length).toBe(choice.wells)
    expect(planes.sites).toEqual(Array.from({ length: choice.fields }, (_, i) => i + 1))
    const names = ['DAPI', 'FITC', 'TxRed', 'Cy5', 'TRITC'].slice(0, choice.channels)
    expect(planes.channels).toEqual(names.map((name, i) => ({ wave: i + 1, name })))
    expect([planes.z, planes.t]).toEqual([[1], [1]])
  })

  test('tells plates of different seeds apart', () => {
    expect(promise(imagedPlate({ wells: 2, fields: 1, channels: 1, seed: 1 })).uniqueId).toBe(
      promise(imagedPlate({ wells: 2, fields: 1, channels: 1, seed: 1 })).uniqueId,
    )
    expect(promise(imagedPlate({ wells: 2, fields: 1, channels: 1, seed: 1 })).uniqueId).not.toBe(
      promise(imagedPlate({ wells: 2, fields: 1, channels: 1, seed: 2 })).uniqueId,
    )
  })
})
