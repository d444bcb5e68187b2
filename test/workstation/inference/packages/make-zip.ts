import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of an archive, and the lies it is to tell. */
export interface ZipEntry {
  readonly name: string
  readonly data: Uint8Array | string
  readonly stored?: boolean
  /** Upper half: type and permissions of Unix. */
  readonly attributes?: number
  readonly flags?: number
  readonly method?: number
  readonly crc?: number
  /** Said instead of the true length. */
  readonly length?: number
  /** Said instead of the true length once compressed. */
  readonly packedLength?: number
}

/** A zip file, byte by byte, so that it can be made wrong (APPNOTE.TXT 6.3.10, 4.3). */
export function makeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data as Uint8Array)
    const packed = entry.stored ? data : deflateRawSync(data)
    const name = Buffer.from(entry.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE((entry.flags ?? 0) | 0x800, 2)
    common.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4)
    common.writeUInt32LE(entry.crc ?? crc32(data), 10)
    common.writeUInt32LE(entry.packedLength ?? packed.length, 14)
    common.writeUInt32LE(entry.length ?? data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(entry.attributes ?? 0, 6)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.of(20, 3), common, rest, name]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Uint8Array.from(Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]))
}
