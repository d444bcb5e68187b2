import { expect, test } from 'vitest'
import {
  measurementData,
  measurementDetail,
  measurementSettings,
} from '#workstation/simulate/yokogawa-measurement.ts'
import { imagedPlate } from '../../support/imaged-plate.ts'

const plate = imagedPlate({ wells: 1, fields: 2, channels: 1 })
const size = { rows: 8, columns: 12 }

test('the list says what an image is and where it was taken, upwards', () => {
  expect(
    measurementData(plate, 2, () => 'name.tif')
      .split('\r\n')
      .slice(1, 3),
  ).toEqual([
    '<bts:MeasurementData bts:Version="1.0" xmlns:bts="http://www.yokogawa.co.jp/BTS/BTSSchema/1.0">',
    '<bts:MeasurementRecord bts:Type="IMG" bts:Time="2026-01-05T08:00:00.000Z" bts:Column="1" bts:Row="1" bts:TimePoint="1" bts:FieldIndex="1" bts:ZIndex="1" bts:TimelineIndex="1" bts:ActionIndex="1" bts:Action="2D" bts:X="-20.8" bts:Y="0" bts:Z="0" bts:Ch="1">name.tif</bts:MeasurementRecord>',
  ])
})

test('the settings say which wells, positions and channels', () => {
  const text = measurementSettings(plate, size)
  expect(text).toContain('<bts:TargetWell bts:Column="1" bts:Row="1">true</bts:TargetWell>')
  expect(text.match(/<bts:Point /g)).toHaveLength(2)
  expect(text.match(/<bts:ActionAcquire /g)).toHaveLength(1)
  expect(text).toContain('<bts:LightSource bts:Name="377nm" bts:Type="Laser" bts:WaveLength="377"')
  expect(text).toContain('bts:Acquisition="BP461/40" bts:ExposureTime="40"')
})

test('the detail knows the end when all is imaged', () => {
  const files = { plate: 'a.wpi', settings: 'a.mes' }
  expect(measurementDetail(plate, size, files, false)).toContain('bts:EndTime=""')
  const done = measurementDetail(plate, size, files, true)
  expect(done).toContain('bts:EndTime="2026-01-05T08:00:01.000Z"')
  expect(done).toContain('bts:FieldCount="2" bts:ZCount="1"')
})
