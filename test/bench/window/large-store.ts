import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '#workstation/store/open-store.ts'
import {
  analyse,
  buildPlate,
  judge,
  prepareLargeStore,
  SHAPE_1536,
  type PlateShape,
} from '../large-plates.ts'

/** As many planes as a Cell Painting plate has: 384 wells of 9 fields in 4 channels. */
export const SHAPE_13824: PlateShape = { rows: 16, columns: 24, sites: 9, channels: 4 }

/** The plates of a large store, in its order. */
export const LARGE = { name: 'BR00000', planes: 99_840 } as const
export const PAINTED = { name: 'BR00001', planes: 13_824 } as const

/** A store of two plates without images; how to start on it. */
export function writeLargeStore(base: string): readonly string[] {
  const folder = join(base, 'large-store')
  const quiet = join(base, 'quiet')
  mkdirSync(folder)
  mkdirSync(quiet)
  const opened = openStore(folder)
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault))
  const { db } = opened.value
  prepareLargeStore(db)
  for (const [index, shape] of [SHAPE_1536, SHAPE_13824].entries()) {
    const plate = buildPlate(db, index, shape)
    judge(db, plate.fields, 1000)
    analyse(db, plate)
  }
  opened.value.close()
  return [quiet, '--store', folder]
}
