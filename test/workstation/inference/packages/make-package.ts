import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { fixturePath } from './fixture.ts'

/** What stands in the description of the package `edges`, and what is to stand there instead. */
export type Edit = readonly [found: string | RegExp, instead: string]

/** Its description with edits, each of which has to find something. */
export function editedDescription(...edits: readonly Edit[]): string {
  return edits.reduce(
    (text, [found, instead]) => {
      const edited = text.replace(found, instead)
      if (edited === text) throw new Error(`${String(found)} is not in the description`)
      return edited
    },
    readFileSync(fixturePath('edges/rdf.yaml'), 'utf8'),
  )
}

/** A folder that goes with the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-test-packages-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A copy of the package `edges`, with another description. */
export function packageFolder(description = editedDescription()): string {
  const folder = scratchFolder()
  cpSync(fixturePath('edges'), folder, { recursive: true })
  writeFileSync(join(folder, 'rdf.yaml'), description)
  return folder
}

/** A copy of the package `edges` around another network, for which the hash is right. */
export function packageAround(weights: Uint8Array): string {
  const hash = createHash('sha256').update(weights).digest('hex')
  const folder = packageFolder(
    editedDescription([/(source: weights\.onnx\s+sha256: )\w+/, `$1${hash}`]),
  )
  writeFileSync(join(folder, 'weights.onnx'), weights)
  return folder
}
