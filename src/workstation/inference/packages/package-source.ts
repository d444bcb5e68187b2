import type { Sha256 } from '#core/brand.ts'

/** Where the files of a package come from: a folder as it lies there, or an archive. */
export interface PackageSource {
  readonly descriptionText: string
  /**
   * Makes sure that a named file is there, and reads it once from end to end.
   *
   * @param keep whether the file is needed in `folder` afterwards
   * @returns null where there is no such file
   */
  readonly take: (name: string, keep: boolean) => Promise<TakenFile | null>
  readonly folder: string
  readonly dispose: () => Promise<void>
}

export interface TakenFile {
  readonly bytes: number
  readonly sha256: Sha256
  /** The first bytes, at most 64. */
  readonly head: Uint8Array
}

/** More than ONNX can hold in one file. */
export const LARGEST_FILE = 2 ** 31

/** Names that a description goes by, the preferred first. */
const DESCRIPTIONS = ['bioimageio.yaml', 'rdf.yaml', 'model.yaml'] as const

/** The description among the names of one folder; a list of several where it is not clear which. */
export function findDescription(names: readonly string[]): string | readonly string[] {
  const plain = DESCRIPTIONS.find(name => names.includes(name))
  if (plain !== undefined) return plain
  const others = names.filter(name => name.endsWith('.bioimageio.yaml'))
  return others.length === 1 ? others[0]! : others
}
