import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha256 } from '#core/brand.ts'
import { ok, type Result } from '#core/fault.ts'
import type { ModelDescription } from '#core/infer/model-description.ts'
import { describeModel, type Described } from './describe-model.ts'
import { invalid, objectionFault, refuse, type PackageFault } from './objection.ts'
import type { PackageSource, TakenFile } from './package-source.ts'
import { readArchive } from './read-archive.ts'
import type { NamedFile } from './read-files.ts'
import { readFolder } from './read-folder.ts'
import { readYaml } from './read-yaml.ts'

/** A package that was found complete: its files are there, and are what the description says they are. */
export interface ModelPackage {
  readonly description: ModelDescription
  /** As it was found. */
  readonly descriptionText: string
  /** Where the files lie: the folder that was given, or a fresh one that `dispose` takes away. */
  readonly folder: string
  /** Weights, test tensors, card, attachments, statistics: what the description names, and nothing else. */
  readonly files: readonly PackageFile[]
  readonly dispose: () => Promise<void>
}

export interface PackageFile {
  /** Relative to the folder, with `/`. */
  readonly name: string
  readonly bytes: number
  readonly sha256: Sha256
  readonly role: NamedFile['role']
}

const LONGEST_CARD = 2 ** 22

/**
 * Reads a package of the BioImage Model Zoo: a folder, the description in it, or a zip.
 *
 * Nothing is run, fetched, or written beside the package. What the network is, `scanOnnx` says.
 *
 * @param scratch folder in which that of an archive is made
 */
export async function readPackage(
  path: string,
  scratch?: string,
): Promise<Result<ModelPackage, PackageFault>> {
  let source: PackageSource | null = null
  try {
    source = (await isArchive(path)) ? await readArchive(path, scratch) : await readFolder(path)
    const described = describeModel(readYaml(source.descriptionText))
    const files = await takeFiles(source, described.files)
    return ok({
      description: await describe(described, files, source.folder),
      descriptionText: source.descriptionText,
      folder: source.folder,
      files,
      dispose: source.dispose,
    })
  } catch (cause) {
    await source?.dispose()
    return objectionFault(path, cause)
  }
}

/** By its first bytes: a name says little. */
async function isArchive(path: string): Promise<boolean> {
  try {
    await using handle = await open(path, 'r')
    if (!(await handle.stat()).isFile()) return false
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && isZip(buffer)
  } catch (cause) {
    // Windows does not open folders.
    if (cause instanceof Error && 'code' in cause && cause.code === 'EISDIR') return false
    if (cause instanceof Error && 'code' in cause && cause.code === 'EPERM') return false
    throw cause
  }
}

/** PK, and one of the records that an archive begins with. */
function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5 || head[2] === 7)
}

async function takeFiles(
  source: PackageSource,
  named: readonly NamedFile[],
): Promise<readonly PackageFile[]> {
  const files: PackageFile[] = []
  for (const file of named) {
    const keep = file.role !== 'other'
    if (!keep && file.sha256 === null) continue
    const taken = await source.take(file.name, keep)
    if (taken === null && keep)
      invalid(`${file.field} names ${file.name}, which is not in the package`)
    if (taken === null) continue
    checkFile(file, taken)
    if (keep) files.push(recordOf(file, taken))
  }
  return files
}

function checkFile({ name, sha256, role, field }: NamedFile, taken: TakenFile): void {
  if (sha256 !== null && sha256 !== taken.sha256) {
    refuse(`${name} has the SHA-256 ${taken.sha256}, ${field} states ${sha256}`)
  }
  if (role === 'weights' && isZip(taken.head)) {
    refuse(`${name} is an archive; allowed: the ONNX file itself`)
  }
}

function recordOf({ name, role }: NamedFile, { bytes, sha256 }: TakenFile): PackageFile {
  return { name, bytes, sha256, role }
}

async function describe(
  described: Described,
  files: readonly PackageFile[],
  folder: string,
): Promise<ModelDescription> {
  const { description, weights, opset, card } = described
  const { sha256 } = files.find(({ name }) => name === weights.name)!
  return {
    ...description,
    weights: { source: weights.name, sha256, opset },
    card:
      card === null
        ? null
        : await readCard(
            folder,
            files.find(({ name }) => name === card.name)!,
          ),
  }
}

async function readCard(folder: string, { name, bytes }: PackageFile): Promise<string> {
  if (bytes > LONGEST_CARD) refuse(`${name} has ${bytes} bytes; allowed: ${LONGEST_CARD}`)
  return new TextDecoder().decode(await readFile(join(folder, name)))
}
