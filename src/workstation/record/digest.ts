import { createHash } from 'node:crypto'
import type { Sha256 } from '#core/brand.ts'
import { canonicalJson, type Json } from '#core/canonical.ts'

/** SHA-256 of a document's canonical JSON: `hashOf` of core/canonical.ts by Node's faster hash. */
export function digestOf(document: Json): Sha256 {
  return digestOfBytes(canonicalJson(document))
}

/** SHA-256 of bytes, or of a text in UTF-8. */
export function digestOfBytes(bytes: Uint8Array | string): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256
}
