import { digestOf, digestOfBytes } from '../../record/digest.ts'
import { keepArtifactFile } from '../../record/artifacts.ts'
import type { ModelFileRow } from '../../store/models.ts'
import type { OpenPackage } from './proving-bench.ts'
import type { KeptPackage } from './record-models.ts'

/** Keeps every file of a package as an artifact of the store; rows may name them once this has answered. */
export async function keepPackage(store: string, pkg: OpenPackage): Promise<KeptPackage> {
  const { description, document } = pkg
  const files: ModelFileRow[] = []
  for (const { name, sha256 } of pkg.files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const kept = await keepArtifactFile(store, pkg.pathOf(name), sha256, endingOf(name))
    files.push({ name, kind: 'artifact', ...kept })
  }
  const hashes = files.map(({ name, sha256 }) => ({ name, sha256 }))
  const contents = digestOf({ document: digestOfBytes(document), files: hashes })
  return { description, document, contents, files }
}

/** `.onnx` of `weights.onnx`; what is no plain ending is none that a file name should carry on. */
function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? 'bin'
}
