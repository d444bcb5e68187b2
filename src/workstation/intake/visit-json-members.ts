import { setImmediate as breathe } from 'node:timers/promises'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'

/** How a text ended: one that is still being written ends in the middle. */
export interface JsonVisit {
  readonly complete: boolean
}

/** Of one member: a summary with 14,000 positions has about 10 MB. */
const LARGEST_MEMBER = 64 * 2 ** 20
/** Members that are visited before others have their turn. */
const AT_ONCE = 500

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN = new Set([0x7b, 0x5b])
const CLOSE = new Set([0x7d, 0x5d])

/**
 * Calls back for each member of a JSON text whose outermost value is an object, in the order in which they are written.
 *
 * Splits the text itself, and leaves each member to JSON.parse: the whole text may be larger than a string can be, may
 * lack its end, and may name a member twice, all of which JSON.parse cannot have. A member that is cut off at the end is
 * left out; what follows the last comma counts when it is an object. A text that is no such object is `index-invalid`.
 *
 * @param bytes UTF-8
 */
export async function visitJsonMembers(
  bytes: Uint8Array,
  path: string,
  visit: (name: string, value: unknown) => void,
): Promise<Result<JsonVisit>> {
  const decoder = new TextDecoder()
  const start = firstByte(bytes)
  if (start === null) return invalid(path, 'it does not begin with {')
  let depth = 1
  let from = start + 1
  let colon = -1
  let members = 0
  for (let i = from; i < bytes.length; i += 1) {
    const byte = bytes[i]!
    if (byte === QUOTE) {
      const end = endOfText(bytes, i + 1)
      if (end === null) break
      i = end
      continue
    }
    if (OPEN.has(byte)) depth += 1
    if (CLOSE.has(byte)) depth -= 1
    if (depth === 1 && byte === COLON && colon < 0) colon = i
    if (i - from > LARGEST_MEMBER) return invalid(path, 'one of its members is too long')
    const ends = depth === 0 || (depth === 1 && byte === COMMA)
    if (!ends) continue
    if (colon >= 0) {
      const name = parse(decoder.decode(bytes.subarray(from, colon)))
      const value = parse(decoder.decode(bytes.subarray(colon + 1, i)))
      if (typeof name !== 'string' || value === undefined) {
        return invalid(path, `its member ${members + 1} is no JSON`)
      }
      visit(name, value)
      members += 1
      if (members % AT_ONCE === 0) await breathe()
    }
    if (depth === 0) return ok({ complete: true })
    from = i + 1
    colon = -1
  }
  // The last member may be whole already: an object ends by itself.
  if (depth === 1 && colon >= 0) {
    const name = parse(decoder.decode(bytes.subarray(from, colon)))
    const value = parse(decoder.decode(bytes.subarray(colon + 1)))
    if (typeof name === 'string' && typeof value === 'object') visit(name, value)
  }
  return ok({ complete: false })
}

/** Where the outermost object begins, behind white space and a byte order mark. */
function firstByte(bytes: Uint8Array): number | null {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 1000))
  const at = beginning.search(/\S/)
  if (at < 0 || beginning[at] !== '{') return null
  return bytes.indexOf(0x7b)
}

/** The place of the quotation mark that ends a text. */
function endOfText(bytes: Uint8Array, from: number): number | null {
  for (let i = from; i < bytes.length; i += 1) {
    if (bytes[i] === BACKSLASH) i += 1
    else if (bytes[i] === QUOTE) return i
  }
  return null
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
