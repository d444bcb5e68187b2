import { createHash } from 'node:crypto'
import type { Pixels } from '#core/image/plane.ts'

/** SHA-256 of samples as little-endian bytes: the identity of what was read. */
export function pixelHash({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

/** The type of samples as numpy writes it. */
export function pixelType(pixels: Pixels): 'u1' | 'u2' | 'f4' {
  if (pixels instanceof Uint8Array) return 'u1'
  return pixels instanceof Uint16Array ? 'u2' : 'f4'
}
