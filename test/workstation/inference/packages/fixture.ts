import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The files of test/fixtures/models, which make_models.py makes. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/models/${name}`, import.meta.url))
}

export function fixture(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(fixturePath(name)))
}
