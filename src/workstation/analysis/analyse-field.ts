import { deflateSync } from 'node:zlib'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Labels } from '#core/image/labels.ts'
import type { ObjectTable } from '#core/measure/object-table.ts'
import { measureObjects } from '#core/measure/objects.ts'
import { aggregateObjects } from '#core/plate/aggregate.ts'
import { choosePlanes } from '#core/prepare/choose-planes.ts'
import type { Recipe } from '#core/recipe.ts'
import { keepThumbnail } from '../pixels/keep-thumbnail.ts'
import { keepArtifact } from '../record/artifacts.ts'
import { digestOf, digestOfBytes } from '../record/digest.ts'
import { hashFile } from '../record/hash-file.ts'
import { analysisDigest } from '../record/output-digest.ts'
import { attempt } from '../store/store-fault.ts'
import type {
  AnalysisOutcome,
  AnalysisRequest,
  FieldAnalysis,
  FieldJob,
  FieldReply,
  FileRead,
  PlaneOutcome,
  PlaneSource,
} from './job.ts'
import { judgePlane } from './judge-plane.ts'
import { encodeObjects } from './object-file.ts'
import { readableCandidates } from './readable-candidates.ts'
import { createPlaneCache, type PlaneCache, type ReadPlane } from './plane-cache.ts'

/** The path of one image: decode → quality, then for the field prepare → derive → measure. */
export async function analyseField({ judge, analyse, recipe }: FieldJob): Promise<FieldReply> {
  const cache = createPlaneCache()
  const planes: PlaneOutcome[] = []
  for (const source of judge) planes.push(await judgeSource(cache, source, recipe))
  if (analyse === null) return { kind: 'field', planes, analysis: null }
  const candidates = readableCandidates(analyse.candidates, planes)
  const { segmented } = analyse
  const chosen = choosePlanes
    .run({ candidates, segmented }, recipe.prepare)
    .map(place => candidates[place]!)
  const analysis = chosen.length === 0 ? null : await findObjects(cache, chosen, analyse, recipe)
  return { kind: 'field', planes, analysis }
}

async function judgeSource(
  cache: PlaneCache,
  source: PlaneSource,
  recipe: Recipe,
): Promise<PlaneOutcome> {
  const startedAt = new Date().toISOString()
  const read = await cache.read(source)
  const result = read.ok ? ok(judgePlane(read.value, source.channel, recipe)) : read
  if (read.ok && source.thumbnail !== undefined) keepThumbnail(source.thumbnail, read.value)
  const file = read.ok ? read.value.file : await unreadableFile(source.path)
  return { key: source.key, startedAt, endedAt: new Date().toISOString(), file, result }
}

/** Which bytes could not be read as an image; null where there are none to be had. */
async function unreadableFile(path: string): Promise<FileRead | null> {
  try {
    return { path, ...(await hashFile(path)) }
  } catch {
    return null
  }
}

async function findObjects(
  cache: PlaneCache,
  chosen: readonly PlaneSource[],
  { store }: AnalysisRequest,
  recipe: Recipe,
): Promise<AnalysisOutcome> {
  const startedAt = new Date().toISOString()
  const read: { source: PlaneSource; plane: ReadPlane['plane'] }[] = []
  const files = new Map<string, FileRead>()
  const finish = (result: Result<FieldAnalysis>): AnalysisOutcome => ({
    startedAt,
    endedAt: new Date().toISOString(),
    files: [...files.values()],
    result,
  })
  for (const source of chosen) {
    const one = await cache.read(source)
    if (!one.ok) return finish(one)
    files.set(source.path, one.value.file)
    read.push({ source, plane: one.value.plane })
  }
  const [nuclei] = read
  if (nuclei === undefined) throw new Error('No plane was chosen')
  const odd = read.find(({ plane }) => !sameSize(plane, nuclei.plane))
  if (odd !== undefined) {
    const detail = `${size(odd.plane)} beside ${size(nuclei.plane)}`
    return finish(fail({ kind: 'size-mismatch', path: odd.source.path, detail }))
  }
  const { labels, diameter } = segmentNuclei.run(nuclei.plane, recipe.derive.nuclei)
  const channels = read.map(({ source, plane }) => ({ name: source.channel, plane }))
  const table = measureObjects.run({ labels, channels }, measureObjects.defaults)
  const { measures } = aggregateObjects.run([table], aggregateObjects.defaults)
  const kept = keepAll(store, labels, table)
  if (!kept.ok) return finish(kept)
  const planes = chosen.map(({ channel, key }) => ({ channel, key }))
  const content = { labels: digestOfLabels(labels), objects: digestOfTable(table) }
  const found = { planes, count: labels.count, diameter, measures }
  const digest = analysisDigest({ ...found, content })
  return finish(ok({ ...found, digest, artifacts: kept.value }))
}

function keepAll(
  store: string,
  labels: Labels,
  table: ObjectTable,
): Result<FieldAnalysis['artifacts']> {
  return attempt(store, () => ({
    labels: keepArtifact(store, encodeLabels(labels), 'labels.tif'),
    objects: keepArtifact(store, encodeObjects(table), 'parquet'),
  }))
}

/** 16 bits while they suffice, 32 beyond. */
function encodeLabels({ width, height, pixels, count }: Labels): Uint8Array {
  const narrow = count <= 0xffff ? Uint16Array.from(pixels) : pixels
  return encodeTiff({ width, height, pixels: narrow }, bytes => deflateSync(bytes))
}

function digestOfLabels({ width, height, pixels }: Labels): ReturnType<typeof digestOf> {
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return digestOf({ width, height, pixels: digestOfBytes(bytes) })
}

function digestOfTable({ columns }: ObjectTable): ReturnType<typeof digestOf> {
  return digestOf(
    columns.map(({ name, values }) => ({
      name,
      values: digestOfBytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    })),
  )
}

interface Sized {
  readonly width: number
  readonly height: number
}

function sameSize(a: Sized, b: Sized): boolean {
  return a.width === b.width && a.height === b.height
}

function size({ width, height }: Sized): string {
  return `${width}×${height}`
}
