import { expect, test } from 'vitest'
import { operettaNaming } from '#workstation/simulate/namings/operetta.ts'
import { imagedPlate } from '../../../support/imaged-plate.ts'

const FOLDER = 'simulated-1__2026-01-05T08_00_00-Measurement 1/Images'

test('an image is named by row, column, field and channel', () => {
  const name = { well: 'AF48', site: 12, wave: 3, channel: 'TxRed' }
  expect(operettaNaming.planePath(imagedPlate(), name)).toBe(
    `${FOLDER}/r32c48f12p01-ch3sk1fk1fl1.tiff`,
  )
})

test('the index is there once all is imaged, for it holds the times of all images', () => {
  const plate = imagedPlate({ wells: 2, fields: 2, channels: 2 })
  expect([0, 1, 2, 3].flatMap(fields => operettaNaming.sideFiles(plate, fields))).toEqual([])
  const [index, ...others] = operettaNaming.sideFiles(plate, 4)
  expect(others).toEqual([])
  expect(index!.path).toBe(`${FOLDER}/Index.idx.xml`)
  expect(index!.text.match(/<Image /g)).toHaveLength(8)
  expect(index!.text).toContain(
    [
      '<URL>r01c02f02p01-ch2sk1fk1fl1.tiff</URL><Row>1</Row><Col>2</Col><FieldID>2</FieldID>',
      '<PlaneID>1</PlaneID><TimepointID>0</TimepointID><ChannelID>2</ChannelID><FlimID>1</FlimID>',
      '<ChannelName>FITC</ChannelName><ImageResolutionX Unit="m">6.5e-7</ImageResolutionX>',
    ].join(''),
  )
  // The second of two fields of 64 pixels of 0.65 µm, side by side.
  expect(index!.text).toContain('<PositionX Unit="m">0.0000208</PositionX>')
  expect(index!.text).toContain('<AbsTime>2026-01-05T08:00:07.000Z</AbsTime>')
})
