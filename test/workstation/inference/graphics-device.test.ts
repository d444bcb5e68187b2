import { expect, test } from 'vitest'
import {
  fromMac,
  fromNvidia,
  fromWindows,
} from '../../../src/workstation/inference/graphics-device.ts'

test('the first NVIDIA card and its driver', () => {
  expect(fromNvidia('NVIDIA RTX A4000, 580.95.05\nNVIDIA T400, 580.95.05\n')).toEqual({
    name: 'NVIDIA RTX A4000',
    driver: '580.95.05',
  })
  expect(fromNvidia('')).toBeNull()
})

test('the card of a Windows PC, with one or with several', () => {
  const card = '{"Name":"Intel UHD","DriverVersion":"31.0.101"}'
  const found = { name: 'Intel UHD', driver: '31.0.101' }
  expect(fromWindows(card)).toEqual(found)
  expect(fromWindows(`[${card},{"Name":"B","DriverVersion":"1"}]`)).toEqual(found)
  expect(fromWindows('')).toBeNull()
})

test('the graphics of a Mac', () => {
  expect(fromMac('{"SPDisplaysDataType":[{"sppci_model":"Apple M4"}]}')).toEqual({
    name: 'Apple M4',
    driver: null,
  })
  expect(fromMac('[]')).toBeNull()
})
