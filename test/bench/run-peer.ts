import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What a Python script beside this file prints as JSON, given images as files of their bare pixels.
 *
 * PYTHON names the interpreter, if it is not python3.
 */
export function runPeer(
  script: string,
  images: readonly NodeJS.ArrayBufferView[],
  argumentsOf: (paths: readonly string[]) => readonly (string | number)[],
): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-bench-'))
  try {
    const paths = images.map((pixels, i) => {
      const path = join(folder, `${i}.raw`)
      writeFileSync(path, pixels)
      return path
    })
    const args = [fileURLToPath(new URL(script, import.meta.url)), ...argumentsOf(paths)]
    const python = process.env['PYTHON'] ?? 'python3'
    return JSON.parse(execFileSync(python, args.map(String), { encoding: 'utf8' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
