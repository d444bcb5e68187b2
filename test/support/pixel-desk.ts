import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Plane } from '#core/image/plane.ts'
import { toPlane } from '#workstation/reading/to-plane.ts'
import { onTestFinished } from 'vitest'
import { servePixels } from '#workstation/pixels/serve-pixels.ts'
import { pixelVersion } from '#workstation/pixels/pixel-version.ts'
import { pixelPath, TILE, type PixelRequest } from '#contract/pixels.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import type { PageFile } from '#workstation/reading/read-page.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { all } from '#workstation/store/db.ts'
import { openWorkstation, type Workstation } from '#workstation/workstation.ts'
import { firstPage } from './first-page.ts'
import { writePlate } from './live-store.ts'
import { temporaryFolder } from './stores.ts'
import { valueOf } from './value-of.ts'

export interface DeskPlane extends PageFile {
  readonly planeId: PlaneId
  readonly plateId: PlateId
  readonly well: string | null
  readonly channel: string
  readonly version: string
}

/** A workstation whose pixels are asked for as a window asks. */
export interface PixelDesk {
  readonly workstation: Workstation
  readonly planes: readonly DeskPlane[]
  /** Jobs that were given to the workers, by what they were to make. */
  readonly jobs: string[]
  ask(request: PixelRequest | string, init?: RequestInit): Promise<Response>
}

export interface DeskChoice {
  readonly qualityOnly?: boolean
  readonly naming?: string | null
  readonly cacheBytes?: number
}

export async function pixelDesk(folder: string, choice: DeskChoice = {}): Promise<PixelDesk> {
  const { qualityOnly = true, naming = null, cacheBytes } = choice
  const workstation = valueOf(
    openWorkstation({ storeFolder: temporaryFolder(), recipe: NUCLEI_FLUORESCENCE }),
  )
  onTestFinished(() => workstation.close())
  valueOf(await runFolder(workstation, folder, { naming, qualityOnly }))
  const jobs: string[] = []
  const { pool, store } = workstation
  const noting: Workstation = {
    ...workstation,
    store,
    recorder: workstation.recorder,
    pool: {
      ...pool,
      run: (job, turn) => {
        jobs.push(job.kind === 'view' ? job.view.kind : job.kind)
        return pool.run(job, turn)
      },
    },
  }
  const report = (cause: unknown): string => {
    throw cause
  }
  const serve = servePixels(noting, { report, ...(cacheBytes === undefined ? {} : { cacheBytes }) })
  return {
    workstation,
    planes: planesOf(workstation),
    jobs,
    ask: (request, init) => {
      const path = typeof request === 'string' ? request : pixelPath(request)
      return serve(new Request(new URL(path, 'http://127.0.0.1'), init))
    },
  }
}

/** In the order in which they came. */
export function planesOf({ store }: Workstation): readonly DeskPlane[] {
  return all<Omit<DeskPlane, 'version'>>(
    store.db,
    `SELECT planeId, plateId, well, planeStanding.channel, path, page, bytes, modified
     FROM planeStanding JOIN plane ON plane.id = planeId JOIN file ON file.id = fileId
     ORDER BY planeId`,
  ).map(plane => ({ ...plane, version: pixelVersion(plane) }))
}

export async function samplesOf(response: Response): Promise<Uint16Array> {
  return new Uint16Array(await response.arrayBuffer())
}

export async function faultOf(response: Response): Promise<[number, Fault['kind']]> {
  return [response.status, ((await response.json()) as Fault).kind]
}

export interface SimulatedPlate {
  readonly wells?: number
  readonly fields?: number
  readonly channels?: number
  readonly width?: number
  readonly height?: number
}

/** The folder of a simulated plate. */
export async function simulate(plate: SimulatedPlate = {}): Promise<string> {
  const { wells = 1, fields = 1, channels = 1, width = 96, height = 64 } = plate
  const folder = join(temporaryFolder(), 'plate')
  await writePlate(folder, { wells, fields, channels, width, height, seed: 5 })
  return folder
}

/** A folder with one image of 2 × 2 tiles and a bit, every pixel of its own. */
export function writeLarge(): string {
  const folder = temporaryFolder()
  const [width, height] = [2 * TILE + 7, TILE + 3]
  const pixels = Uint16Array.from({ length: width * height }, (_, i) => (i * 40_503) % 65_521)
  writeFileSync(join(folder, 'large.tif'), encodeTiff({ width, height, pixels }))
  return folder
}

export async function decode({ path }: DeskPlane): Promise<Plane> {
  return toPlane(await firstPage(path))
}

export function tile(
  { planeId, version }: DeskPlane,
  level = 0,
  column = 0,
  row = 0,
): PixelRequest {
  return { kind: 'tile', planeId, version, level, column, row }
}

export function size(response: Response): string {
  const { headers } = response
  return ['Pixel-Type', 'Pixel-Width', 'Pixel-Height'].map(name => headers.get(name)).join(' ')
}

/** A level of an image as its tiles make it. */
