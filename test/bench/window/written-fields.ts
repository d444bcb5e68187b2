import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { wellName } from '#core/plate/well.ts'

const ENTRY = fileURLToPath(new URL('../../../src/cli/parfocal.ts', import.meta.url))

export interface FieldsOrder {
  readonly fields: number
  readonly channels: number
  /** Of each plane, in pixels. */
  readonly side: number
}

/**
 * Files of noise, one field a well, 24 wells a row; judged, so that the store knows them.
 *
 * @returns how to start on them: watching a folder with nothing in it, so that nothing else is at work.
 */
export function writeFields(
  base: string,
  { fields, channels, side }: FieldsOrder,
): { readonly store: string; readonly args: readonly string[] } {
  const folder = join(base, 'fields')
  const store = join(base, 'fields-store')
  const quiet = join(base, 'quiet')
  mkdirSync(folder)
  mkdirSync(quiet)
  for (let field = 0; field < fields; field += 1) {
    const well = wellName({ row: Math.floor(field / 24), column: field % 24 })
    for (let wave = 1; wave <= channels; wave += 1) {
      const path = join(folder, `bench_${well}_s1_w${wave}.tif`)
      writeFileSync(path, encodeTiff(noise(side, 17 * field + wave)))
    }
  }
  const args = ['run', folder, '--store', store, '--quality-only']
  const { status, stderr } = spawnSync(process.execPath, [ENTRY, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return { store, args: [quiet, '--store', store] }
}

/** 12 bits as a camera gives them, the same on every run (Park and Miller 1988). */
function noise(side: number, seed: number) {
  let state = seed
  const pixels = Uint16Array.from({ length: side * side }, () => {
    state = (state * 48271) % 2147483647
    return 300 + (state % 3700)
  })
  return { width: side, height: side, pixels }
}
