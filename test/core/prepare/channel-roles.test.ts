import { describe, expect, test } from 'vitest'
import { NUCLEAR_STAINS, nucleusChannel } from '#core/prepare/channel-roles.ts'

describe('the channel of the nuclei', () => {
  test.each([
    { channels: ['FITC', 'DAPI'], expected: 'DAPI' },
    { channels: ['Phase', 'Hoechst 33342'], expected: 'Hoechst 33342' },
    { channels: ['w1', 'w2'], expected: 'w1' },
    { channels: [], expected: null },
  ])('of $channels is $expected', ({ channels, expected }) => {
    expect(nucleusChannel(channels, [NUCLEAR_STAINS])).toBe(expected)
  })
})
