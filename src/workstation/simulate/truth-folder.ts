import { stringify } from 'csv-stringify/sync'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Labels } from '#core/image/labels.ts'
import type { Defect } from '#core/simulate/defects.ts'

/** What is known of a plane that the instrument promised. */
export interface PlaneTruth {
  /** Below the acquisition's folder, with forward slashes. */
  readonly path: string
  readonly plate: string
  readonly well: string
  readonly site: number
  readonly channel: string
  readonly z: number
  readonly t: number
  readonly defects: readonly Defect[]
  /** Distance of the focal plane from the middle of the cells, in µm. */
  readonly defocus: number
  /** Nuclei in the field, whatever the plane shows of them. */
  readonly cells: number
}

export interface TruthFolder {
  addPlane(truth: PlaneTruth): Promise<void>
  addLabels(plane: PlaneTruth, labels: Labels): Promise<void>
  close(): Promise<void>
}

const COLUMNS = 'path,plate,well,site,channel,z,t,defects,defocus_um,cells'

/** Opens `truth.csv` and `labels/`. A row is on disk before the next plane is, so that a stopped run leaves what it knew. */
export async function openTruthFolder(folder: string): Promise<TruthFolder> {
  const labelFolder = join(folder, 'labels')
  await mkdir(labelFolder, { recursive: true })
  const table = await open(join(folder, 'truth.csv'), 'wx')
  await table.write(`${COLUMNS}\n`)
  return {
    async addPlane(truth) {
      const { path, plate, well, site, channel, z, t, defects, defocus, cells } = truth
      const row = [
        path,
        plate,
        well,
        site,
        channel,
        z,
        t,
        defects.join(';'),
        hundredths(defocus),
        cells,
      ]
      await table.write(stringify([row]))
    },
    async addLabels({ path, well, site }, labels) {
      const name = IMAGE_FILE.test(path)
        ? basename(path).replace(IMAGE_FILE, '')
        : `${well}_s${site}`
      await writeFile(join(labelFolder, `${name}.labels.tif`), encodeLabels(labels), { flag: 'wx' })
    },
    close: () => table.close(),
  }
}

/** Other planes are in folders, whose last name is a number. */
const IMAGE_FILE = /(?:\.ome)?\.tiff?$/i

/** Two digits, and no -0. */
function hundredths(value: number): number {
  return Math.round(value * 100) / 100 + 0
}

/** 16 bits where they can count the objects, else 32. */
function encodeLabels({ width, height, pixels, count }: Labels): Uint8Array {
  const narrow = count > 65_535 ? pixels : Uint16Array.from(pixels)
  return encodeTiff({ width, height, pixels: narrow }, bytes => deflateSync(bytes))
}
