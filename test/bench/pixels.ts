import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { levelCount, pixelPath, TILE, type PixelRequest } from '#contract/pixels.ts'
import type { PlaneId, PlateId } from '#core/brand.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { wellName } from '#core/plate/well.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { cacheFolder } from '#workstation/pixels/view-cache.ts'
import { pixelVersion } from '#workstation/pixels/pixel-version.ts'
import { servePixels } from '#workstation/pixels/serve-pixels.ts'
import type { PageFile } from '#workstation/reading/read-page.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { all } from '#workstation/store/db.ts'
import { openWorkstation } from '#workstation/workstation.ts'

// How fast pixels get to the window: node test/bench/pixels.ts
// Prints JSON: milliseconds, medians unless said otherwise, and the host's memory. Files are in the system's own cache.

const SIDE = 2160
const CHANNELS = 4
const FIELDS = 6
const REPEATS = 50

const base = mkdtempSync(join(tmpdir(), 'parfocal-bench-'))
const opened = openWorkstation({
  storeFolder: join(base, 'store'),
  recipe: NUCLEI_FLUORESCENCE,
})
if (!opened.ok) throw new Error(opened.fault.kind)
const workstation = opened.value
const { store } = workstation
const serve = servePixels(workstation, {
  report: cause => {
    throw cause
  },
})

interface Plane extends PageFile {
  readonly planeId: PlaneId
  readonly plateId: PlateId
  readonly fieldId: number
  readonly channel: string
}

function writePlane(path: string, side: number, seed: number): void {
  let state = seed
  const pixels = Uint16Array.from({ length: side * side }, () => {
    state = (state * 48271) % 2147483647
    return 300 + (state % 4000)
  })
  writeFileSync(path, encodeTiff({ width: side, height: side, pixels }))
}

/** Enters a folder's planes and judges them. */
async function enter(folder: string): Promise<void> {
  const run = await runFolder(workstation, folder, { naming: 'auto', qualityOnly: true })
  if (!run.ok) throw new Error(run.fault.kind)
}

async function fetchBytes(request: PixelRequest): Promise<number> {
  const response = await serve(new Request(new URL(pixelPath(request), 'http://127.0.0.1')))
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.arrayBuffer()).byteLength
}

function everything(plane: Plane): PixelRequest[] {
  const at = { planeId: plane.planeId, version: pixelVersion(plane) }
  const requests: PixelRequest[] = [{ kind: 'about', ...at }]
  for (let level = 0; level < levelCount(SIDE, SIDE); level += 1) {
    const across = Math.ceil(Math.ceil(SIDE / 2 ** level) / TILE)
    for (let i = 0; i < across * across; i += 1) {
      const place = { column: i % across, row: Math.floor(i / across) }
      requests.push({ kind: 'tile', ...at, level, ...place })
    }
  }
  return requests
}

/** What fits into a window at first: descriptions and the level of some thousand pixels. */
function firstSight(plane: Plane): PixelRequest[] {
  return everything(plane).filter(
    asked => asked.kind === 'about' || (asked.kind === 'tile' && asked.level === 1),
  )
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < REPEATS; i += 1) times.push(await time(work))
  return times.sort((a, b) => a - b)[REPEATS >> 1]!
}

const fields = join(base, 'fields')
mkdirSync(fields)
for (let site = 1; site <= FIELDS; site += 1) {
  for (let wave = 1; wave <= CHANNELS; wave += 1) {
    writePlane(join(fields, `bench_A01_s${site}_w${wave}.tif`), SIDE, 17 * site + wave)
  }
}
const PLANES = `SELECT planeId, plateId, planeStanding.fieldId,
    planeStanding.channel, path, page, bytes, modified
  FROM planeStanding JOIN plane ON plane.id = planeId JOIN file ON file.id = fileId`
await enter(fields)
const planes = all<Plane>(store.db, PLANES)
const byField = [...Map.groupBy(planes, ({ fieldId }) => fieldId).values()]

const cold: number[] = []
const seen: number[] = []
for (const [i, field] of byField.entries()) {
  rmSync(cacheFolder(store.folder), { recursive: true })
  const requests = field.flatMap(i % 2 === 0 ? everything : firstSight)
  const times = i % 2 === 0 ? cold : seen
  times.push(await time(() => Promise.all(requests.map(fetchBytes))))
}
await Promise.all(planes.flatMap(everything).map(fetchBytes))
const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
const [about, , tile] = everything(planes[0]!) as [PixelRequest, PixelRequest, PixelRequest]
const cachedField = byField[0]!.flatMap(everything)
const cachedSight = byField[0]!.flatMap(firstSight)
const at = { planeId: planes[0]!.planeId, version: pixelVersion(planes[0]!) }
const map = await time(() => fetchBytes({ kind: 'map', ...at, map: 'sharpness' }))
const thumbnailCold = await time(() => fetchBytes({ kind: 'thumbnail', ...at }))
const thumbnail = await medianOf(() => fetchBytes({ kind: 'thumbnail', ...at }))

const wells = join(base, 'wells')
mkdirSync(wells)
for (let i = 0; i < 1536; i += 1) {
  const well = wellName({ row: Math.floor(i / 48), column: i % 48 })
  writePlane(join(wells, `plate_${well}_s1_w1.tif`), 96, i + 1)
}
await enter(wells)
const { plateId, channel } = all<Plane>(
  store.db,
  `${PLANES} ORDER BY planeStanding.planeId DESC LIMIT 1`,
)[0]!
const atlas = { kind: 'atlas', plateId, channel, moment: 'now' } as const
const atlasFirst = await time(() => fetchBytes({ ...atlas, size: 32 }))
const atlasOther = await time(() => fetchBytes({ ...atlas, size: 24 }))
const atlasAgain = await medianOf(() => fetchBytes({ ...atlas, size: 32 }))

const rounded = (ms: number): number => Math.round(ms * 10) / 10
console.log(
  JSON.stringify(
    {
      coldFieldAllTiles: cold.map(rounded),
      coldFieldFirstSight: seen.map(rounded),
      cachedFieldAllTiles: rounded(await medianOf(() => Promise.all(cachedField.map(fetchBytes)))),
      cachedFieldFirstSight: rounded(
        await medianOf(() => Promise.all(cachedSight.map(fetchBytes))),
      ),
      cachedTile: rounded(await medianOf(() => fetchBytes(tile))),
      cachedAbout: rounded(await medianOf(() => fetchBytes(about))),
      sharpnessMapCold: rounded(map),
      thumbnailCold: rounded(thumbnailCold),
      thumbnailCached: rounded(thumbnail),
      atlas1536First: rounded(atlasFirst),
      atlas1536OtherSize: rounded(atlasOther),
      atlas1536Again: rounded(atlasAgain),
      hostMegabytes: memory,
    },
    null,
    2,
  ),
)
workstation.close()
rmSync(base, { recursive: true })
