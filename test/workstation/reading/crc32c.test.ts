import { expect, test } from 'vitest'
import { crc32c } from '#workstation/reading/crc32c.ts'

test.each([
  ['nothing', new Uint8Array(0), 0],
  ['the digits', new TextEncoder().encode('123456789'), 0xe3069283],
  // RFC 3720, B.4
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(255), 0x62a8ab43],
])('%s', (_, bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum)
})
