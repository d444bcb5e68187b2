import { ok, type Result } from '#core/fault.ts'
import type { Sha256 } from '#core/brand.ts'
import { parseRecipe, type Recipe } from '#core/recipe.ts'
import type { Workbench } from './analysis/process-field.ts'
import { startPool } from './analysis/worker-pool.ts'
import { readyNetworks } from './inference/ready-networks.ts'
import { localBench } from './inference/registry/local-bench.ts'
import { createCompletenessReader, type CompletenessReader } from './plate-completeness.ts'
import { enrolAgents, type Agents } from './record/agents.ts'
import { anchorAudit, appendAudit, type AuditEvent } from './record/audit-trail.ts'
import { createRecorder } from './record/recorder.ts'
import { lastRecipeOf } from './store/audit.ts'
import { transaction, type ReadableDb } from './store/db.ts'
import { openStore } from './store/open-store.ts'
import type { AcquisitionRow } from './store/plates.ts'
import { recipeDocument } from './store/recipes.ts'
import { standByRecipe } from './store/standing.ts'
import { attempt } from './store/store-fault.ts'

/** A store, the recipe it is worked with, and the processes that do the work. */
export interface Workstation extends Workbench {
  /** Works by this recipe from now on: `recorder` is another one then. Whoever has the old one may finish with it. */
  useRecipe(recipe: Recipe, reason: string): Result<void>
  /**
   * Makes the networks of the recipe ready. Before, and where it fails, fields of a recipe with networks give
   * `model-not-found`.
   */
  prepareNetworks(): Promise<Result<void>>
  /** Whom the records of this process name. */
  readonly agents: Agents
  readonly now: () => Date
  /** How complete plates are. */
  readonly completeness: CompletenessReader
  /** Notes what somebody asked for. */
  audit(event: AuditEvent): void
  /** Notes by which recipe an imaging run is processed from now on. */
  noteRecipe(run: AcquisitionRow): void
  close(): void
}

export interface WorkstationOptions {
  readonly storeFolder: string
  readonly recipe: Recipe
  /** Of the recipes that the store keeps, the one to work by instead. */
  readonly keptRecipe?: Sha256 | null
  readonly now?: () => Date
}

/** Builds all of it by hand, from the store up. */
export function openWorkstation({
  storeFolder,
  recipe,
  keptRecipe = null,
  now = () => new Date(),
}: WorkstationOptions): Result<Workstation> {
  const opened = openStore(storeFolder)
  if (!opened.ok) return opened
  const store = opened.value
  const built = attempt(storeFolder, () => {
    const agents = transaction(store.db, () => enrolAgents(store.db))
    const recorder = createRecorder(store.db, agents, recipeOf(store.db, keptRecipe) ?? recipe, now)
    const audit = (event: AuditEvent): void => {
      transaction(store.db, () => appendAudit(store.db, agents, now(), event))
    }
    const work = { recipe: recorder.recipeHash }
    audit({ action: 'open', entity: 'store', entityId: storeFolder, new: work })
    anchorAudit(storeFolder, store.db)
    return { agents, recorder, audit }
  })
  if (!built.ok) {
    store.close()
    return built
  }
  const { agents, audit } = built.value
  let { recorder } = built.value
  const pool = startPool()
  return ok({
    store,
    get recorder() {
      return recorder
    },
    pool,
    agents,
    now,
    completeness: createCompletenessReader(store.db, now),
    audit,
    useRecipe(recipe, reason) {
      return attempt(storeFolder, () => {
        const { networks } = recorder
        const next = createRecorder(store.db, agents, recipe, now, networks)
        const entityId = next.recipeHash
        const change = { old: { recipe: recorder.recipeHash }, new: { recipe: entityId }, reason }
        audit({ action: 'use', entity: 'recipe', entityId, ...change })
        recorder = next
      })
    },
    async prepareNetworks() {
      const { recipe } = recorder
      if (recipe.infer === undefined) return ok(undefined)
      const bench = localBench(recipe.infer.providers)
      const ready = await readyNetworks({ store, agents, now }, recipe, bench)
      if (!ready.ok) return ready
      return attempt(storeFolder, () => {
        recorder = createRecorder(store.db, agents, recipe, now, ready.value)
      })
    },
    noteRecipe({ id }) {
      if (lastRecipeOf(store.db, id) === recorder.recipeHash) return
      const work = { recipe: recorder.recipeHash }
      transaction(store.db, () => {
        audit({ action: 'process', entity: 'acquisition', entityId: String(id), new: work })
        standByRecipe(store.db, id, recorder.recipeHash)
      })
    },
    close() {
      pool.end()
      // On a full disk the closing goes unnoted; what is committed stays.
      attempt(storeFolder, () => {
        audit({ action: 'close', entity: 'store', entityId: storeFolder })
        anchorAudit(storeFolder, store.db)
      })
      store.close()
    },
  })
}

function recipeOf(db: ReadableDb, hash: Sha256 | null): Recipe | null {
  const document = hash === null ? undefined : recipeDocument(db, hash)
  if (document === undefined) return null
  const parsed = parseRecipe(JSON.parse(document), `recipe ${hash}`)
  return parsed.ok ? parsed.value : null
}
