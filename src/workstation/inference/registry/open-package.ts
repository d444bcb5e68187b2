import { join } from 'node:path'
import { ok, type Result } from '#core/fault.ts'
import { readPackage } from '../packages/read-package.ts'
import type { OpenPackage } from './proving-bench.ts'

/** Reads a package from a folder or a zip; nothing of it is run. */
export async function openPackage(path: string): Promise<Result<OpenPackage>> {
  const read = await readPackage(path)
  if (!read.ok) return read
  const { description, descriptionText, folder, files, dispose } = read.value
  return ok({
    description,
    document: descriptionText,
    files,
    pathOf: name => join(folder, name),
    close: dispose,
  })
}
