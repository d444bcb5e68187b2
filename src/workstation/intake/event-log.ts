import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { FaultValue } from '#contract/fault-value.ts'
import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'

const VersionText = z.string().regex(/^\d+ -?\d+(?: array)?$/)
const Sight = z.union([z.enum(['gone', 'unreachable']), VersionText])

const SettledText = z.strictObject({ path: z.string(), version: VersionText, whole: z.boolean() })

/** What a watch saw, or what it decided. Paths are relative; a version is a size and a time, see versionText. */
const Happened = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('begun'),
    pollMs: z.number(),
    least: z.number(),
    most: z.number(),
    settle: z.strictObject({
      polls: z.number(),
      quietMs: z.number(),
      patienceMs: z.number(),
      pauseMs: z.number(),
      longestPauseMs: z.number(),
    }),
    doneMarker: z.string().nullable(),
    wasFilled: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('listed'),
    /** ms */
    took: z.number(),
    disk: z.string().nullable(),
    skipped: z.int(),
    faults: z.array(FaultValue),
    /** Files that are other than when they were last seen; of everything where `whole`. */
    whole: z.boolean(),
    came: z.array(z.tuple([z.string(), VersionText])),
    gone: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('looked'), path: z.string(), sight: Sight }),
  z.strictObject({
    kind: z.literal('opened'),
    path: z.string(),
    version: VersionText,
    wholeness: z.enum(['whole', 'partial', 'locked', 'unreachable']),
  }),
  z.strictObject({ kind: z.literal('known'), path: z.string(), version: VersionText }),
  z.strictObject({ kind: z.literal('grows'), path: z.string() }),
  z.strictObject({ kind: z.literal('hint'), path: z.string() }),
  z.strictObject({ kind: z.literal('settled'), files: z.array(SettledText) }),
  z.strictObject({ kind: z.literal('offline'), fault: FaultValue }),
  z.strictObject({ kind: z.literal('online') }),
])
export type Happened = z.infer<typeof Happened>

/** A line of a log. `at` is when the watch last woke up, ms since it began; `root` is the folder. */
export const LogEntry = z.strictObject({ root: z.string(), at: z.number(), what: Happened })
export type LogEntry = z.infer<typeof LogEntry>

/** Lines of JSON in a file, which is put aside when it is large. */
export interface EventLog {
  /** How often a new file was begun: what comes after must make sense without what was before. */
  readonly part: () => number
  readonly add: (entry: LogEntry) => void
  /** Writes what was added. */
  readonly flush: () => void
  readonly close: () => void
}

/** Of a log there are at most two files of this size, bytes. */
const LARGEST = 64 * 1024 * 1024

/** Opens a log at its end. Where it cannot be written any more, what was seen is lost and nothing else. */
export function openEventLog(
  path: string,
  largest = LARGEST,
): Result<EventLog, FaultOf<'output-not-writable'>> {
  let file: number | null
  let size: number
  try {
    file = openSync(path, 'a')
    size = fstatSync(file).size
  } catch (cause) {
    return fail({ kind: 'output-not-writable', path, detail: (cause as Error).message })
  }
  let part = 0
  let lines: string[] = []

  function write(text: Buffer): void {
    if (file === null) return
    if (size > 0 && size + text.length > largest) {
      closeSync(file)
      renameSync(path, `${path}.1`)
      file = openSync(path, 'a')
      size = 0
      part += 1
    }
    size += writeSync(file, text)
  }

  function flush(): void {
    if (lines.length === 0) return
    const text = Buffer.from(lines.join(''))
    lines = []
    try {
      write(text)
    } catch {
      close()
    }
  }

  function close(): void {
    if (file === null) return
    const open = file
    file = null
    closeSync(open)
  }

  return ok({
    part: () => part,
    add: entry => void lines.push(`${JSON.stringify(entry)}\n`),
    flush,
    close() {
      flush()
      close()
    },
  })
}
