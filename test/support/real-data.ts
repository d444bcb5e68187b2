import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe } from 'vitest'

const root = resolve(import.meta.dirname, '../..', process.env['PARFOCAL_DATA'] ?? '../shared/data')

export function realPath(...parts: readonly string[]): string {
  return resolve(root, ...parts)
}

/** Tests on real images, which are not part of the project: skipped, and said so, where they are not. */
export function describeReal(name: string, tests: () => void): void {
  const there = existsSync(root)
  if (!there) console.warn(`SKIPPED: ${name}: no real images in ${root}; set PARFOCAL_DATA.`)
  describe.skipIf(!there)(name, tests)
}
