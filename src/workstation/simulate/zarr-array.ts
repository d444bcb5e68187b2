import { gzipSync } from 'node:zlib'
import type { Pixels } from '#core/image/plane.ts'
import type { WrittenFile } from './naming.ts'

/** An array with one chunk for each plane of its first axis. */
export interface DrawnArray {
  /** Of its folder. */
  readonly path: string
  readonly width: number
  readonly height: number
  /** A plane for each place of the first axis; null where none was written. All are of one kind. */
  readonly planes: readonly (Pixels | null)[]
}

export interface ArrayFile extends WrittenFile {
  /** Of the plane whose chunk it is, on the first axis from 0; left out of metadata. */
  readonly place?: number
}

/** Zarr 2: `.zarray`, and chunks without compression. */
export function zarrArray2({ path, width, height, planes }: DrawnArray): readonly ArrayFile[] {
  const metadata = {
    chunks: [1, height, width],
    compressor: null,
    dimension_separator: '/',
    dtype: OLDER_TYPES[typeOf(planes)],
    fill_value: 0,
    filters: null,
    order: 'C',
    shape: [planes.length, height, width],
    zarr_format: 2,
  }
  return [
    jsonFile(`${path}/.zarray`, metadata),
    ...chunks(planes).map(({ place, bytes }) => ({ path: `${path}/${place}/0/0`, bytes, place })),
  ]
}

/** Zarr 3: `zarr.json`, and chunks compressed by gzip. */
export function zarrArray3({ path, width, height, planes }: DrawnArray): readonly ArrayFile[] {
  const metadata = {
    zarr_format: 3,
    node_type: 'array',
    shape: [planes.length, height, width],
    data_type: typeOf(planes),
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [1, height, width] } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: 0,
    codecs: [
      { name: 'bytes', configuration: { endian: 'little' } },
      { name: 'gzip', configuration: { level: 1 } },
    ],
    attributes: {},
  }
  return [
    jsonFile(`${path}/zarr.json`, metadata),
    ...chunks(planes).map(({ place, bytes }) => ({
      path: `${path}/c/${place}/0/0`,
      bytes: new Uint8Array(gzipSync(bytes, { level: 1 })),
      place,
    })),
  ]
}

export function jsonFile(path: string, content: unknown): WrittenFile {
  return { path, bytes: new TextEncoder().encode(jsonText(content)) }
}

export function jsonText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`
}

const OLDER_TYPES = { uint8: '|u1', uint16: '<u2', float32: '<f4' }

function typeOf(planes: DrawnArray['planes']): keyof typeof OLDER_TYPES {
  const pixels = planes.find(plane => plane !== null)
  if (pixels instanceof Float32Array) return 'float32'
  return pixels instanceof Uint8Array ? 'uint8' : 'uint16'
}

function chunks(planes: DrawnArray['planes']): readonly { place: number; bytes: Uint8Array }[] {
  return planes.flatMap((pixels, place) => {
    if (pixels === null) return []
    const { buffer, byteOffset, byteLength } = pixels
    return [{ place, bytes: new Uint8Array(buffer, byteOffset, byteLength) }]
  })
}
