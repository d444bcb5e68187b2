import Database from 'better-sqlite3'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Memory and handles of a process and of all below it; Linux alone. */
export function processTree(pid: number): {
  readonly mainMegabytes: number
  readonly workerMegabytes: number
  readonly handles: number
} {
  const below = descendants(pid)
  return {
    mainMegabytes: megabytes(pid),
    workerMegabytes: below.reduce((sum, child) => sum + megabytes(child), 0),
    handles: [pid, ...below].reduce((sum, one) => sum + handles(one), 0),
  }
}

/** Seconds from the last byte of each plane to its verdict, of verdicts after this activity. */
export function latenciesSince(
  store: string,
  sequence: number,
): { readonly latencies: readonly number[]; readonly last: number } {
  try {
    const db = new Database(join(store, 'parfocal.sqlite'), { readonly: true, fileMustExist: true })
    try {
      const rows = db
        .prepare(
          `SELECT sequence, unixepoch(endedAt, 'subsec') - CAST(modified AS REAL) / 1e9 AS seconds
           FROM activity JOIN plane ON plane.id = planeId JOIN file ON file.id = fileId
           WHERE activity.kind = 'quality' AND sequence > ? ORDER BY sequence`,
        )
        .all(sequence) as { sequence: number; seconds: number }[]
      return {
        latencies: rows.map(({ seconds }) => seconds),
        last: rows.at(-1)?.sequence ?? sequence,
      }
    } finally {
      db.close()
    }
  } catch {
    // No store yet.
    return { latencies: [], last: sequence }
  }
}

function descendants(pid: number): readonly number[] {
  const tasks = read(`/proc/${pid}/task`, path => readdirSync(path)) ?? []
  const children = tasks.flatMap(
    task => read(`/proc/${pid}/task/${task}/children`, path => readFileSync(path, 'utf8')) ?? '',
  )
  const own = children.join(' ').split(' ').filter(Boolean).map(Number)
  return own.flatMap(child => [child, ...descendants(child)])
}

function megabytes(pid: number): number {
  const status = read(`/proc/${pid}/status`, path => readFileSync(path, 'utf8')) ?? ''
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

function handles(pid: number): number {
  return read(`/proc/${pid}/fd`, path => readdirSync(path).length) ?? 0
}

/** Processes end while they are looked at. */
function read<T>(path: string, how: (path: string) => T): T | null {
  try {
    return how(path)
  } catch {
    return null
  }
}
