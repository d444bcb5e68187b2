import { fail, ok, type Result } from '#core/fault.ts'
import {
  choosePlanes,
  missingDepth,
  projectionOf,
  type MissingDepth,
} from '#core/prepare/choose-planes.ts'
import type { Recipe } from '#core/recipe.ts'
import type { NetworkBench } from '../inference/network-bench.ts'
import { keepThumbnail } from '../pixels/keep-thumbnail.ts'
import { hashFile } from '../record/hash-file.ts'
import type {
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
import { readChannels } from './read-channels.ts'

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
  const field = { candidates, segmented: analyse.segmented }
  const chosen = choosePlanes.run(field, recipe.prepare).map(place => candidates[place]!)
  const missing = missingDepth(field, recipe.prepare)
  if (missing === null && chosen.length === 0) return { kind: 'field', planes, analysis: null }
  const startedAt = new Date().toISOString()
  const files = new Map<string, FileRead>()
  const result =
    missing === null
      ? await analyseChosen(cache, chosen, analyse, recipe, bench, files)
      : lacking(candidates, missing)
  const endedAt = new Date().toISOString()
  const analysis = { startedAt, endedAt, files: [...files.values()], result }
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
  files: Map<string, FileRead>,
): Promise<Result<FieldAnalysis>> {
  const by = projectionOf(recipe.prepare.focalPlane) ?? 'maximum'
  const read = await readChannels(cache, chosen, by, file => files.set(file.path, file))
  return read.ok ? findObjects(read.value, request, recipe, bench) : read
}

function lacking(
  candidates: readonly PlaneSource[],
  { channel, z, there }: MissingDepth,
): Result<never> {
  const { path } = candidates.find(candidate => candidate.channel === channel)!
  const depths = there.length === 0 ? 'only a projection' : `only ${there.join(', ')}`
  return fail({ kind: 'depth-missing', path, detail: `${channel} at z ${z}, ${depths}` })
}
