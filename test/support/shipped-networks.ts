import { join } from 'node:path'
import type { NoveltyStatistics } from '#core/infer/novelty.ts'
import type { NetworkFile } from '#workstation/analysis/job.ts'
import { createNetworkBench, type OpenNetwork } from '#workstation/inference/network-bench.ts'
import { readPackage } from '#workstation/inference/packages/read-package.ts'
import { readStatistics } from '#workstation/inference/read-statistics.ts'
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

/** Networks in the memory of this process, with what the first one knows of its training images. */
export interface OpenedNetworks {
  readonly members: readonly OpenNetwork[]
  readonly statistics: NoveltyStatistics | null
}

/** Opens networks on the CPU. */
export async function openNetworks(files: readonly NetworkFile[]): Promise<OpenedNetworks> {
  const members = valueOf(await createNetworkBench(2).open(files, ['cpu']))
  return { members, statistics: valueOf(await readStatistics(files[0]!)) }
}
