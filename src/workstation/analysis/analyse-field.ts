import { fail, ok, type Result } from '#core/fault.ts'
import { choosePlanes } from '#core/prepare/choose-planes.ts'
import type { Recipe } from '#core/recipe.ts'
import type { NetworkBench } from '../inference/network-bench.ts'
import { keepThumbnail } from '../pixels/keep-thumbnail.ts'
import { hashFile } from '../record/hash-file.ts'
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
import { findObjects } from './find-objects.ts'
import { judgePlane } from './judge-plane.ts'
import { readableCandidates } from './readable-candidates.ts'
import { createPlaneCache, type PlaneCache } from './plane-cache.ts'
import type { PlaneInHand } from './plane-in-hand.ts'

/** The path of one image: decode → quality, then for the field prepare → infer → derive → measure. */
export async function analyseField(
  { judge, analyse, recipe }: FieldJob,
  bench: NetworkBench,
): Promise<FieldReply> {
  const cache = createPlaneCache()
  const planes: PlaneOutcome[] = []
  for (const source of judge) planes.push(await judgeSource(cache, source, recipe))
  if (analyse === null) return { kind: 'field', planes, analysis: null }
  const candidates = readableCandidates(analyse.candidates, planes)
  const { segmented } = analyse
  const chosen = choosePlanes
    .run({ candidates, segmented }, recipe.prepare)
    .map(place => candidates[place]!)
  const analysis =
    chosen.length === 0 ? null : await analyseChosen(cache, chosen, analyse, recipe, bench)
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

async function analyseChosen(
  cache: PlaneCache,
  chosen: readonly PlaneSource[],
  request: AnalysisRequest,
  recipe: Recipe,
  bench: NetworkBench,
): Promise<AnalysisOutcome> {
  const startedAt = new Date().toISOString()
  const planes: PlaneInHand[] = []
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
    const { plane, pixelSize } = one.value
    planes.push({ source, plane, pixelSize: source.pixelSize ?? pixelSize })
  }
  const odd = planes.find(({ plane }) => !sameSize(plane, planes[0]!.plane))
  if (odd !== undefined) {
    const detail = `${size(odd.plane)} beside ${size(planes[0]!.plane)}`
    return finish(fail({ kind: 'size-mismatch', path: odd.source.path, detail }))
  }
  return finish(await findObjects(planes, request, recipe, bench))
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
