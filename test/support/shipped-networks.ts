import { join } from 'node:path'
import type { NetworkFile } from '#workstation/analysis/job.ts'
import { readPackage } from '#workstation/inference/packages/read-package.ts'
import { bundledPackage } from '#workstation/inference/registry/bundled-models.ts'
import { valueOf } from './value-of.ts'

/** A network that ships with Parfocal, as workers are given it; without a version the newest. */
export async function shippedNetwork(model = 'nuclei-1'): Promise<NetworkFile> {
  const found = bundledPackage({ model, version: null })
  if (found === undefined) throw new Error(`${model} does not ship`)
  return networkIn(found.path)
}

/** A network in a folder. */
export async function networkIn(folder: string): Promise<NetworkFile> {
  const { description, files } = valueOf(await readPackage(folder))
  const { source } = description.weights
  const { sha256, bytes } = files.find(({ name }) => name === source)!
  const known = description.use?.outOfDistribution ?? null
  return {
    reference: `${description.id}@${description.version}`,
    description,
    weights: { path: join(folder, source), sha256, bytes },
    statistics: known === null ? null : join(folder, known),
  }
}
