import { expect, test } from 'vitest'
import { yokogawaNaming } from '#workstation/simulate/namings/yokogawa.ts'
import { imagedPlate } from '../../../support/imaged-plate.ts'

const FOLDER = 'simulated-1_20260105_080000/simulated-1'

test('an image is named by well, field, action and channel', () => {
  const name = { well: 'B03', site: 12, wave: 3, channel: 'TxRed' }
  expect(yokogawaNaming.planePath(imagedPlate(), name)).toBe(
    `${FOLDER}/simulated-1_B03_T0001F012L01A03Z01C03.tif`,
  )
})

test('plate, settings and detail are there at the beginning, and the list grows', () => {
  const plate = imagedPlate({ wells: 30, fields: 2, channels: 2 })
  const written = Array.from({ length: 61 }, (_, fields) =>
    yokogawaNaming.sideFiles(plate, fields).map(({ path, text }) => ({
      fields,
      name: path.slice(FOLDER.length + 1),
      records: text.match(/<bts:MeasurementRecord/g)?.length ?? 0,
      closed: text.endsWith('</bts:MeasurementData>\r\n'),
    })),
  ).flat()
  expect(written.filter(({ fields }) => fields === 0).map(({ name }) => name)).toEqual([
    'simulated-1.wpi',
    'Simulated.mes',
    'MeasurementDetail.mrf',
    'MeasurementData.mlf',
  ])
  const lists = written.filter(({ name }) => name === 'MeasurementData.mlf')
  expect(lists.map(({ records }) => records)).toEqual(
    Array.from({ length: 21 }, (_, part) => part * 6),
  )
  expect(lists.map(({ closed }) => closed).indexOf(true)).toBe(20)
  const details = written.filter(({ name }) => name === 'MeasurementDetail.mrf')
  expect(details.map(({ fields }) => fields)).toEqual([0, 60])
})
