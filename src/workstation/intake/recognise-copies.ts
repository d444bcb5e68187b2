import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { PlateId } from '#core/brand.ts'
import type { FaultOf } from '#core/fault.ts'
import { hashFile } from '../record/hash-file.ts'
import type { ReadableDb } from '../store/db.ts'
import { fileIsKnown } from '../store/fields.ts'
import {
  holdersOfPlace,
  isImagedElsewhere,
  plateNamed,
  type PlaneHolder,
} from '../store/plane-holders.ts'
import { FolderAway } from './access-while-there.ts'
import type { Acquisition } from './acquisition.ts'
import { isSilence, type Ask } from './ask-in-time.ts'
import { fieldName } from './group-fields.ts'
import { originalNames } from './original-names.ts'
import type { PlaneFile } from './plane-file.ts'
import { plateIdentity } from './register-acquisition.ts'

const askPatiently: Ask = question => question()

/** A file with the same bytes as another one that holds the same plane. Absolute paths. */
export interface FileCopy {
  readonly path: string
  readonly of: string
}

export interface WithoutCopies {
  /** Null where nothing of it is to be entered. */
  readonly acquisition: Acquisition | null
  readonly copies: readonly FileCopy[]
}

/**
 * Leaves out of a run what was copied: a file that claims a plane which another file holds, in whatever run of the
 * plate, with the same bytes, while that other file is still there. Where it is gone the file was moved, and takes its
 * place; where the bytes differ the plane was imaged again. Planes at different places are never compared, for blank
 * images are all the same. But what a file manager would call a copy of the file beside it is one where the bytes agree.
 *
 * @param ask how the disk is asked, see askInTime
 * @throws FolderAway where the disk does not answer
 */
export async function recogniseCopies(
  db: ReadableDb,
  root: string,
  acquisition: Acquisition,
  ask: Ask = askPatiently,
): Promise<WithoutCopies> {
  const plateId = plateNamed(db, acquisition.plate, plateIdentity(root, acquisition))
  if (acquisition.namedBy === 'loose') return { acquisition, copies: [] }
  const hashes = new Map<string, Promise<string | null>>()
  const planes: PlaneFile[] = []
  const copies = new Map<string, FileCopy>()
  const byName = new Map<string, FileCopy | null>()
  for (const plane of acquisition.planes) {
    const { absolute: path, bytes, modified } = plane
    const known = fileIsKnown(db, { path, bytes, modified })
    // A table says of each image what it is, whatever it is called.
    if (!known && acquisition.namedBy !== 'map' && !byName.has(path))
      byName.set(path, await copyByName(path, ask))
    const held =
      known || plateId === null ? null : await originalOf(db, plateId, plane, hashes, ask)
    const of = byName.get(path)?.of ?? held
    if (of === null) planes.push(plane)
    else copies.set(path, { path, of })
  }
  // Of an index alone nobody can say whether its images are new or copied.
  const waits =
    planes.length === 0 &&
    (plateId === null
      ? copies.size > 0
      : isImagedElsewhere(db, plateId, join(root, acquisition.folder)))
  const left = copies.size === 0 ? acquisition : { ...acquisition, planes }
  return { acquisition: waits ? null : left, copies: [...copies.values()] }
}

/**
 * The copy that a file is which claims another's plane in its own run; null where they differ.
 *
 * @throws FolderAway where the disk does not answer
 */
export async function copyInRun(
  { path, other }: Pick<FaultOf<'plane-claimed-twice'>, 'path' | 'other'>,
  ask: Ask = askPatiently,
): Promise<FileCopy | null> {
  const [mine, others] = await Promise.all([sizeOf(path, ask), sizeOf(other, ask)])
  if (mine === null || mine !== others) return null
  const hash = await hashOf(path, ask)
  return hash !== null && hash === (await hashOf(other, ask)) ? { path, of: other } : null
}

/**
 * The copy that a file is by its name and its bytes, of one beside it; null where it is none.
 *
 * @throws FolderAway where the disk does not answer
 */
export async function copyByName(path: string, ask: Ask = askPatiently): Promise<FileCopy | null> {
  for (const name of originalNames(basename(path))) {
    const copy = await copyInRun({ path, other: join(dirname(path), name) }, ask)
    if (copy !== null) return copy
  }
  return null
}

async function originalOf(
  db: ReadableDb,
  plateId: PlateId,
  plane: PlaneFile,
  hashes: Map<string, Promise<string | null>>,
  ask: Ask,
): Promise<string | null> {
  const { absolute: path, bytes, page, well, channel, z } = plane
  const projection = plane.projection ? 1 : 0
  const place = { plateId, field: fieldName(plane), well, channel, z, projection, page } as const
  const hash = (path: string): Promise<string | null> => {
    const known = hashes.get(path) ?? hashOf(path, ask)
    hashes.set(path, known)
    return known
  }
  for (const holder of holdersOfPlace(db, { ...place, path, bytes })) {
    if (await isCopyOf(holder, path, hash, ask)) return holder.path
  }
  return null
}

async function isCopyOf(
  holder: PlaneHolder,
  path: string,
  hash: (path: string) => Promise<string | null>,
  ask: Ask,
): Promise<boolean> {
  if (await isGone(holder.path, ask)) return false
  const original = holder.sha256 ?? (await hash(holder.path))
  return original !== null && original === (await hash(path))
}

/** A file that cannot be looked at may be on a share that is away: it is not gone. */
async function isGone(path: string, ask: Ask): Promise<boolean> {
  try {
    await ask(() => stat(path))
    return false
  } catch (cause) {
    unlessSilent(cause)
    return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
  }
}

async function sizeOf(path: string, ask: Ask): Promise<number | null> {
  return ask(() => stat(path)).then(({ size }) => size, unlessSilent)
}

/** Null where it cannot be read: then it is taken as any other file, whose reader says what is wrong. */
async function hashOf(path: string, ask: Ask): Promise<string | null> {
  return hashFile(path, ask).then(({ sha256 }) => sha256, unlessSilent)
}

function unlessSilent(cause: unknown): null {
  if (isSilence(cause)) throw new FolderAway()
  return null
}
