import { expect, test } from 'vitest'
import { pixelSizeOf } from '#workstation/reading/pixel-size.ts'
import { metaSeriesDescription } from '#workstation/simulate/metaseries-description.ts'

test('a simulated plane says the size of its pixels as an ImageXpress does', () => {
  const description = metaSeriesDescription({ width: 2160, height: 2160 }, 16, 0.65)
  expect(description.split('\r\n')).toContain(
    '<prop id="spatial-calibration-x" type="float" value="0.65"/>',
  )
  const silent = { xResolution: null, yResolution: null, resolutionUnit: 2 }
  expect(pixelSizeOf({ ...silent, description })).toBe(0.65)
})
