import type { ModelState } from '#contract/models.ts'
import type { Sha256 } from '#core/brand.ts'
import { enterEntity, type EntityRow } from './activities.ts'
import { all, first, write, type ReadableDb, type WritableDb } from './db.ts'
import type { Signature } from './decisions.ts'

/** A registered network. JSON columns are canonical. */
export interface ModelRow extends Signature {
  readonly id: number
  /** As its package names it. */
  readonly model: string
  readonly version: string
  readonly weights: Sha256
  /** Over names and hashes of all files of the package. */
  readonly contents: Sha256
  /** JSON of a ModelDescription. */
  readonly description: string
  /** The text of the description as it was found. */
  readonly document: string
}

/** A file of a package, kept as an artifact. */
export interface ModelFileRow extends EntityRow {
  /** Path inside the package, with forward slashes. */
  readonly name: string
}

export interface ModelTestRow extends Signature {
  readonly id: number
  readonly modelId: number
  /** Names whatever could change a result. */
  readonly environment: string
  readonly provider: string
  readonly passed: 0 | 1
  /** JSON of a KeptReport. */
  readonly report: string
}

export interface ModelStateRow extends Signature {
  readonly id: number
  readonly modelId: number
  readonly state: ModelState
  readonly reason: string
  /** The test that a qualification rests on. */
  readonly testId: number | null
}

/** A registered network, the state it is in and its newest test in one environment. */
export interface ModelNow {
  readonly model: ModelRow
  readonly state: ModelStateRow
  /** Undefined where it was never tested in that environment. */
  readonly lastTest: ModelTestRow | undefined
}

/** Appends a network with its files; its first state follows. Call it in the transaction of its audit row. */
export function appendModel(
  db: WritableDb,
  row: Omit<ModelRow, 'id'>,
  files: readonly ModelFileRow[],
): number {
  const { id } = first<{ id: number }>(
    db,
    `INSERT INTO model (model, version, weights, contents, description, document, operator,
                        osUser, machine, at)
     VALUES (@model, @version, @weights, @contents, @description, @document, @operator,
             @osUser, @machine, @at)
     RETURNING id`,
    row,
  )!
  for (const { name, ...entity } of files) {
    const sql = 'INSERT INTO modelFile (modelId, name, entityId) VALUES (?, ?, ?)'
    write(db, sql, id, name, enterEntity(db, entity))
  }
  return id
}

/** Appends; a test that is run again is a new row. Call it in the transaction of its audit row. */
export function appendModelTest(db: WritableDb, row: Omit<ModelTestRow, 'id'>): number {
  return first<{ id: number }>(
    db,
    `INSERT INTO modelTest (modelId, environment, provider, passed, report, operator, osUser,
                            machine, at)
     VALUES (@modelId, @environment, @provider, @passed, @report, @operator, @osUser,
             @machine, @at)
     RETURNING id`,
    row,
  )!.id
}

/** Appends; the newest state is the present one. Call it in the transaction of its audit row. */
export function appendModelState(db: WritableDb, row: Omit<ModelStateRow, 'id'>): number {
  return first<{ id: number }>(
    db,
    `INSERT INTO modelState (modelId, state, reason, testId, operator, osUser, machine, at)
     VALUES (@modelId, @state, @reason, @testId, @operator, @osUser, @machine, @at)
     RETURNING id`,
    row,
  )!.id
}

/** Every registered network as it is now, newest first. None in a store of before there were networks. */
export function modelsNow(db: ReadableDb, environment: string): readonly ModelNow[] {
  if (!hasTable(db, 'model')) return []
  return all<ModelRow>(db, 'SELECT * FROM model ORDER BY id DESC').map(model =>
    standing(db, model, environment),
  )
}

/** One registered network as it is now, by the number of its row. */
export function modelNow(db: ReadableDb, id: number, environment: string): ModelNow | undefined {
  const model = modelRow(db, id)
  return model === undefined ? undefined : standing(db, model, environment)
}

export function modelRow(db: ReadableDb, id: number): ModelRow | undefined {
  if (!hasTable(db, 'model')) return undefined
  return first<ModelRow>(db, 'SELECT * FROM model WHERE id = ?', id)
}

/** The row of one version of a network. */
export function modelVersion(db: ReadableDb, model: string, version: string): ModelRow | undefined {
  if (!hasTable(db, 'model')) return undefined
  return first<ModelRow>(db, 'SELECT * FROM model WHERE model = ? AND version = ?', model, version)
}

/** The files of a network by name. */
export function modelFiles(db: ReadableDb, modelId: number): readonly ModelFileRow[] {
  return all<ModelFileRow>(
    db,
    `SELECT name, kind, location, sha256, bytes
     FROM modelFile JOIN entity ON entity.id = entityId
     WHERE modelId = ? ORDER BY name`,
    modelId,
  )
}

/** Every test of a network, newest first. */
export function modelTests(db: ReadableDb, modelId: number): readonly ModelTestRow[] {
  const sql = 'SELECT * FROM modelTest WHERE modelId = ? ORDER BY id DESC'
  return all<ModelTestRow>(db, sql, modelId)
}

/** Every state that a network was in, newest first. */
export function modelStates(db: ReadableDb, modelId: number): readonly ModelStateRow[] {
  const sql = 'SELECT * FROM modelState WHERE modelId = ? ORDER BY id DESC'
  return all<ModelStateRow>(db, sql, modelId)
}

/** The newest test of a network in an environment. */
export function lastModelTest(
  db: ReadableDb,
  modelId: number,
  environment: string,
): ModelTestRow | undefined {
  return first<ModelTestRow>(
    db,
    'SELECT * FROM modelTest WHERE modelId = ? AND environment = ? ORDER BY id DESC LIMIT 1',
    modelId,
    environment,
  )
}

function standing(db: ReadableDb, model: ModelRow, environment: string): ModelNow {
  const state = first<ModelStateRow>(
    db,
    'SELECT * FROM modelState WHERE modelId = ? ORDER BY id DESC LIMIT 1',
    model.id,
  )
  if (state === undefined) throw new Error(`Model ${model.model} is in no state`)
  return { model, state, lastTest: lastModelTest(db, model.id, environment) }
}

function hasTable(db: ReadableDb, name: string): boolean {
  const sql = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`
  return first(db, sql, name) !== undefined
}
