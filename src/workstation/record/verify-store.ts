import { canonicalJson, type Json } from '#core/canonical.ts'
import { checkModels } from '../inference/registry/check-models.ts'
import { entitiesToKeep, listActivities, type EntityRow } from '../store/activities.ts'
import { auditedSeals } from '../store/audit.ts'
import { all, type ReadableDb } from '../store/db.ts'
import type { StoreReader } from '../store/open-store.ts'
import { artifactPath } from './artifacts.ts'
import { checkAuditChain, readAuditHeads } from './audit-trail.ts'
import { checkDecisions } from './check-decisions.ts'
import { digestOfBytes } from './digest.ts'
import { hashFile } from './hash-file.ts'
import { sealOf } from './seal.ts'

export interface VerifyReport {
  readonly ok: boolean
  readonly checked: {
    readonly audit: number
    readonly records: number
    /** Decisions of people and their withdrawals. */
    readonly decisions: number
    /** Registered networks, their tests and their states. */
    readonly models: number
    readonly recipes: number
    readonly artifacts: number
    readonly files: number
  }
  readonly problems: readonly VerifyProblem[]
}

export interface VerifyProblem {
  readonly kind:
    | 'database-damaged'
    | 'audit-altered'
    | 'audit-gap'
    | 'audit-truncated'
    | 'record-altered'
    | 'record-unaudited'
    | 'record-missing'
    | 'decision-altered'
    | 'decision-unaudited'
    | 'decision-missing'
    | 'model-altered'
    | 'model-unaudited'
    | 'model-missing'
    | 'recipe-altered'
    | 'artifact-missing'
    | 'artifact-altered'
    | 'file-missing'
    | 'file-altered'
  /** A file, a record or an audit row. */
  readonly where: string
  readonly message: string
}

/** Called as files are hashed, which takes the time. */
export type OnVerified = (done: number, of: number) => void

/**
 * Holds the store against its own evidence: SQLite's structure, the audit chain and its anchors, every
 * record, decision and network against what the trail sealed, every artifact and raw file against its hash.
 * Of a raw file that was taken again the version that was used last counts.
 */
export async function verifyStore(
  { db, folder }: StoreReader,
  onVerified: OnVerified = () => undefined,
): Promise<VerifyReport> {
  const problems: VerifyProblem[] = checkDatabase(db)
  const counts = {
    audit: 0,
    records: 0,
    decisions: 0,
    models: 0,
    recipes: 0,
    artifacts: 0,
    files: 0,
  }
  const section = (work: () => void): void => guardDamage(work, problems)
  let entities: readonly EntityRow[] = []
  // One moment of the store, while a run may be writing to it.
  const atOneMoment = db.transaction(() => {
    section(() => {
      const chain = checkAuditChain(db, readAuditHeads(folder))
      counts.audit = chain.rows
      problems.push(...chain.problems)
    })
    section(() => {
      counts.records = checkRecords(db, problems)
    })
    section(() => {
      const decided = checkDecisions(db)
      counts.decisions = decided.rows
      problems.push(...decided.problems)
    })
    section(() => {
      const registered = checkModels(db)
      counts.models = registered.rows
      problems.push(...registered.problems)
    })
    section(() => {
      counts.recipes = checkRecipes(db, problems)
    })
    section(() => {
      entities = entitiesToKeep(db)
    })
  })
  section(() => atOneMoment())
  for (const [i, entity] of entities.entries()) {
    const problem = await checkEntity(folder, entity)
    if (problem !== null) problems.push(problem)
    counts[entity.kind === 'file' ? 'files' : 'artifacts'] += 1
    onVerified(i + 1, entities.length)
  }
  return { ok: problems.length === 0, checked: counts, problems }
}

function checkDatabase(db: ReadableDb): VerifyProblem[] {
  const where = 'parfocal.sqlite'
  try {
    const answers = db.pragma('integrity_check(20)') as { integrity_check: string }[]
    const references = db.pragma('foreign_key_check') as { table: string; rowid: number }[]
    return [
      ...answers
        .filter(({ integrity_check: answer }) => answer !== 'ok')
        .map(({ integrity_check: message }) => ({
          kind: 'database-damaged' as const,
          where,
          message,
        })),
      ...references.map(({ table, rowid }) => ({
        kind: 'database-damaged' as const,
        where: `${where}: ${table} ${rowid}`,
        message: 'This row refers to one that is not there.',
      })),
    ]
  } catch (cause) {
    return [{ kind: 'database-damaged', where, message: messageOf(cause) }]
  }
}

/** A page that SQLite cannot read ends one check, not all of them. */
function guardDamage(work: () => void, problems: VerifyProblem[]): void {
  try {
    work()
  } catch (cause) {
    const where = 'parfocal.sqlite'
    problems.push({ kind: 'database-damaged', where, message: messageOf(cause) })
  }
}

function checkRecords(db: ReadableDb, problems: VerifyProblem[]): number {
  const seals = new Map(auditedSeals(db, 'activity'))
  const activities = listActivities(db)
  for (const { id, kind } of activities) {
    const where = `${kind} record ${id}`
    const sealed = seals.get(id)
    seals.delete(id)
    if (sealed === undefined) {
      const message = 'The audit trail knows nothing of this record.'
      problems.push({ kind: 'record-unaudited', where, message })
    } else if (sealed !== sealOf(db, id)) {
      const message = 'Its rows are not those that the audit trail sealed.'
      problems.push({ kind: 'record-altered', where, message })
    }
  }
  for (const id of seals.keys()) {
    const message = 'The audit trail names this record, but it is gone.'
    problems.push({ kind: 'record-missing', where: `record ${id}`, message })
  }
  return activities.length
}

function checkRecipes(db: ReadableDb, problems: VerifyProblem[]): number {
  const recipes = all<{ hash: string; name: string; document: string }>(db, 'SELECT * FROM recipe')
  for (const { hash, name, document } of recipes) {
    if (digestOfBytes(document) === hash && isCanonical(document)) continue
    const message = 'Its text does not have the hash it is kept under.'
    problems.push({ kind: 'recipe-altered', where: `recipe ${name} ${hash}`, message })
  }
  return recipes.length
}

function isCanonical(document: string): boolean {
  try {
    return canonicalJson(JSON.parse(document) as Json) === document
  } catch {
    return false
  }
}

async function checkEntity(store: string, entity: EntityRow): Promise<VerifyProblem | null> {
  const { kind, location, sha256 } = entity
  const path = kind === 'artifact' ? artifactPath(store, location) : location
  try {
    const found = await hashFile(path)
    if (found.sha256 === sha256) return null
    const message = 'Its bytes are not those that were recorded.'
    return { kind: `${kind}-altered`, where: path, message }
  } catch (cause) {
    return { kind: `${kind}-missing`, where: path, message: messageOf(cause) }
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
