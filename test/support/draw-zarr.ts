import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** Files by their paths; what is no bytes is written as JSON. */
export type DrawnFiles = Readonly<Record<string, unknown>>

/** Writes trees of files into folders that are gone after the tests of the file, and says where each is. */
export function zarrFolders(): (files: DrawnFiles) => string {
  const around = mkdtempSync(join(tmpdir(), 'parfocal-zarr-'))
  let count = 0
  afterAll(() => rmSync(around, { recursive: true, force: true }))
  return files => {
    const folder = join(around, String((count += 1)))
    mkdirSync(folder)
    writeFiles(folder, files)
    return folder
  }
}

export function writeFiles(folder: string, files: DrawnFiles): void {
  for (const [path, content] of Object.entries(files)) {
    const absolute = join(folder, path)
    mkdirSync(dirname(absolute), { recursive: true })
    writeFileSync(absolute, content instanceof Uint8Array ? content : JSON.stringify(content))
  }
}

/** `.zarray` of numbers of 16 bits without compression, with `/` between indexes. */
export function older(shape: readonly number[], chunks: readonly number[], more: object = {}) {
  return {
    zarr_format: 2,
    shape,
    chunks,
    dtype: '<u2',
    compressor: null,
    fill_value: 0,
    filters: null,
    order: 'C',
    dimension_separator: '/',
    ...more,
  }
}

/** `zarr.json` of an array of the same. */
export function newer(shape: readonly number[], chunk: readonly number[], more: object = {}) {
  return {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: 'uint16',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: chunk } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: 0,
    codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
    attributes: {},
    ...more,
  }
}

/** Numbers of 16 bits as they are stored. */
export function words(...numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(numbers).buffer)
}

/** The metadata of an image: one array `0` and others that are smaller. */
export function imageMetadata(
  axes: string,
  choice: {
    readonly labels?: readonly string[]
    readonly arrays?: readonly string[]
    readonly scale?: number
    readonly translation?: readonly [y: number, x: number]
    readonly unit?: string
  } = {},
) {
  const { labels = [], arrays = ['0'], scale = 0.5, translation, unit = 'micrometer' } = choice
  const others = [...axes].slice(0, -2)
  return {
    multiscales: [
      {
        version: '0.4',
        axes: [...axes].map(name => ('tc'.includes(name) ? { name } : { name, unit })),
        datasets: arrays.map(path => ({
          path,
          coordinateTransformations: [
            { type: 'scale', scale: [...others.map(() => 1), scale, scale] },
            ...(translation === undefined
              ? []
              : [
                  {
                    type: 'translation',
                    translation: [...others.map(() => 0), ...translation],
                  },
                ]),
          ],
        })),
      },
    ],
    omero: { channels: labels.map(label => ({ label })) },
  }
}
