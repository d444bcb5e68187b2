import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Sha256 } from './brand.ts'

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * JSON with one spelling for one meaning (RFC 8785, JCS): keys in UTF-16 order, no white space,
 * numbers as ECMAScript prints them.
 *
 * Keys whose value is undefined are left out, as JSON.stringify does.
 * @throws RangeError for a number that JSON cannot say (NaN, ±∞) and for a lone surrogate.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`JSON cannot say ${value}`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('JSON cannot say a lone surrogate')
    return JSON.stringify(value)
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort()
    .map(key => `${canonicalJson(key)}:${canonicalJson(value[key]!)}`)
  return `{${members.join(',')}}`
}

/** SHA-256 of the canonical JSON in UTF-8: the identity of a document. */
export function hashOf(value: Json): Sha256 {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))) as Sha256
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
