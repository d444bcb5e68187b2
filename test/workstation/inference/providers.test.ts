import { expect, test } from 'vitest'
import {
  chooseProviders,
  type ProviderReport,
} from '../../../src/workstation/inference/providers.ts'

const works: ProviderReport = {
  provider: 'cuda',
  works: true,
  whyNot: null,
  version: '1.29.0',
  device: null,
  placement: {},
  checksum: 1,
}
const missing = {
  ...works,
  provider: 'webgpu',
  works: false,
  whyNot: { what: 'no card', how: '' },
} as const

test('those that work are tried in the order asked, the CPU last', () => {
  expect(chooseProviders(['webgpu', 'cpu', 'cuda', 'dml'], [works, missing])).toEqual({
    providers: ['cuda', 'cpu'],
    passedOver: [
      { provider: 'webgpu', why: 'no card' },
      { provider: 'dml', why: 'not found on this PC' },
    ],
  })
})

test('the CPU serves where nothing was asked for', () => {
  expect(chooseProviders([], [])).toEqual({ providers: ['cpu'], passedOver: [] })
})
