import { readFile } from 'node:fs/promises'
import { fail, ok, type Result } from '#core/fault.ts'
import { parseNoveltyStatistics, type NoveltyStatistics } from '#core/infer/novelty.ts'
import type { NetworkFile } from '../analysis/job.ts'

const kept = new Map<string, NoveltyStatistics>()

/** What a network's training data looks like; null where its package does not say. Read once in a process. */
export async function readStatistics({
  statistics,
}: NetworkFile): Promise<Result<NoveltyStatistics | null>> {
  if (statistics === null) return ok(null)
  const known = kept.get(statistics)
  if (known !== undefined) return ok(known)
  let document: unknown
  try {
    document = JSON.parse(await readFile(statistics, 'utf8'))
  } catch (cause) {
    const detail = cause instanceof SyntaxError ? 'its statistics are not JSON' : 'no statistics'
    return fail({ kind: 'model-invalid', path: statistics, detail })
  }
  const parsed = parseNoveltyStatistics(document, statistics)
  if (parsed.ok) kept.set(statistics, parsed.value)
  return parsed
}
