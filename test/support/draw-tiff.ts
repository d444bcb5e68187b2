/** A TIFF tag by tag, so that a test can write what no encoder would. */
export interface DrawnTiff {
  /** By tag; what is left out is as in a grayscale page of 8 bits and 4 × 2 pixels. */
  readonly tags?: Readonly<Record<number, number | readonly number[]>>
  readonly strips?: readonly Uint8Array[]
  /** How many values a tag claims to have. */
  readonly claims?: Readonly<Record<number, number>>
  /** Where the next directory is said to be; 8 is the only one there is. */
  readonly next?: number
}

const LONG = 4

/** A little-endian TIFF of one page: header, directory at byte 8, long values, strips. */
export function drawTiff({ tags = {}, strips, claims = {}, next = 0 }: DrawnTiff): Uint8Array {
  const data = strips ?? [Uint8Array.from({ length: 8 }, (_, i) => i * 30)]
  const values = new Map<number, readonly number[]>(
    Object.entries({
      256: 4,
      257: 2,
      258: 8,
      259: 1,
      262: 1,
      273: data.map(() => 0),
      277: 1,
      278: 2,
      279: data.map(strip => strip.length),
      ...tags,
    }).map(([tag, value]) => [Number(tag), typeof value === 'number' ? [value] : value]),
  )
  const entries = [...values].sort(([a], [b]) => a - b)
  const tableAt = 8 + 2 + entries.length * 12 + 4
  const tableBytes = entries.reduce((sum, [, { length }]) => sum + (length > 1 ? length * 4 : 0), 0)
  if (!(273 in tags)) {
    let at = tableAt + tableBytes
    const offsets = data.map(strip => (at += strip.length) - strip.length)
    entries[entries.findIndex(([tag]) => tag === 273)] = [273, offsets]
  }

  const file = Buffer.alloc(tableAt + tableBytes)
  file.write('II*\0', 'latin1')
  file.writeUInt32LE(8, 4)
  file.writeUInt16LE(entries.length, 8)
  let tail = tableAt
  entries.forEach(([tag, list], i) => {
    const at = 10 + i * 12
    file.writeUInt16LE(tag, at)
    file.writeUInt16LE(LONG, at + 2)
    file.writeUInt32LE(claims[tag] ?? list.length, at + 4)
    if (list.length > 1) file.writeUInt32LE(tail, at + 8)
    for (const [j, value] of list.entries()) {
      file.writeUInt32LE(value, list.length > 1 ? tail + j * 4 : at + 8)
    }
    if (list.length > 1) tail += list.length * 4
  })
  file.writeUInt32LE(next, tableAt - 4)
  return new Uint8Array(Buffer.concat([file, ...data]))
}
