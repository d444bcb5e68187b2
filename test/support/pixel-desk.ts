import { onTestFinished } from 'vitest'
import { servePixels } from '#workstation/pixels/serve-pixels.ts'
import { pixelVersion } from '#workstation/pixels/pixel-version.ts'
import { pixelPath, type PixelRequest } from '#contract/pixels.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import type { PageFile } from '#workstation/reading/read-page.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { all } from '#workstation/store/db.ts'
import { openWorkstation, type Workstation } from '#workstation/workstation.ts'
import { temporaryFolder } from './stores.ts'

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
  const opened = openWorkstation({ storeFolder: temporaryFolder(), recipe: NUCLEI_FLUORESCENCE })
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault))
  const workstation = opened.value
  onTestFinished(() => workstation.close())
  const run = await runFolder(workstation, folder, { naming, qualityOnly })
  if (!run.ok) throw new Error(JSON.stringify(run.fault))
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
