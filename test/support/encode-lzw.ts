const CLEAR = 256
const END = 257
const FIRST_FREE = 258
/** The table is cleared before its last code is used up, as TIFF 6.0 asks. */
const LAST = 4093

/** LZW as section 13 of TIFF 6.0 describes the encoder. */
export function encodeLzw(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(2 * bytes.length + 16)
  let filled = 0
  let buffer = 0
  let held = 0
  let width = 9
  const write = (code: number): void => {
    buffer = (buffer << width) | code
    held += width
    while (held >= 8) {
      held -= 8
      out[filled] = buffer >>> held
      filled += 1
    }
  }

  // By the code of a string and the byte after it.
  let table = new Map<number, number>()
  let next = FIRST_FREE
  let string = -1
  write(CLEAR)
  for (const byte of bytes) {
    const longer = string === -1 ? byte : table.get(string * 256 + byte)
    if (longer !== undefined) {
      string = longer
      continue
    }
    write(string)
    table.set(string * 256 + byte, next)
    next += 1
    string = byte
    if (next > LAST) {
      write(CLEAR)
      table = new Map()
      next = FIRST_FREE
      width = 9
    } else if (next === 1 << width) width += 1
  }
  if (string !== -1) write(string)
  write(END)
  if (held > 0) {
    out[filled] = buffer << (8 - held)
    filled += 1
  }
  return out.subarray(0, filled)
}
