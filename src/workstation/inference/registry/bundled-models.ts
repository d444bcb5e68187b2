import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ModelReference } from './model-reference.ts'

/** A package that ships with Parfocal. */
export interface BundledPackage {
  readonly model: string
  readonly version: string
  readonly path: string
}

const SHIPPED = fileURLToPath(new URL('../../../../models/', import.meta.url))

/** The packages in `models/<id>/<version>/`, by name; of one name the newest version first. */
export function bundledPackages(folder = SHIPPED): readonly BundledPackage[] {
  return foldersIn(folder).flatMap(model =>
    foldersIn(join(folder, model))
      .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map(version => ({ model, version, path: join(folder, model, version) }))
      .filter(({ path }) => existsSync(join(path, 'rdf.yaml'))),
  )
}

/** The package that a reference names; without a version the newest. */
export function bundledPackage(
  { model, version }: ModelReference,
  packages = bundledPackages(),
): BundledPackage | undefined {
  return packages.find(one => one.model === model && (version === null || one.version === version))
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => statSync(join(folder, name)).isDirectory())
    .sort()
}
