import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl'
import { digestStream } from './digest-stream.ts'
import { invalid, Objection, refuse } from './objection.ts'
import { foldedName, packageName } from './package-name.ts'
import {
  findDescription,
  LARGEST_FILE,
  type PackageSource,
  type TakenFile,
} from './package-source.ts'
import { decodeText } from './read-folder.ts'
import { LARGEST_DESCRIPTION } from './read-yaml.ts'

const MOST_ENTRIES = 4096
/** Of all files that are taken together. */
const MOST_BYTES = 2 ** 32
/** What deflate makes of weights is a few times smaller; only empty images shrink like bombs, and those are small. */
const HIGHEST_RATIO = 100
const SMALL = 2 ** 26

/**
 * Opens an archive. Nothing is written but what is taken, into a fresh folder that only its owner can enter.
 *
 * Every name is judged before anything is taken, those of files that nobody asks for too.
 */
export async function readArchive(path: string, scratch = tmpdir()): Promise<PackageSource> {
  const archiveBytes = (await stat(path)).size
  const zip = await orRefuse(
    openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true }),
  )
  let folder: string | null = null
  const dispose = async (): Promise<void> => {
    zip.close()
    if (folder !== null) await rm(folder, { recursive: true, force: true })
  }
  try {
    const entries = await listEntries(zip)
    const { base, name } = describedIn([...entries.keys()])
    folder = await mkdtemp(join(scratch, 'parfocal-model-'))
    const target = folder
    const budget = { taken: 0, archiveBytes }
    const text = await readText(zip, entries.get(name)!, budget)
    return {
      folder,
      descriptionText: text,
      take: async (file, keep) => {
        const entry = entries.get(base + file)
        if (entry === undefined) return null
        return takeEntry(zip, entry, file, keep ? join(target, file) : null, budget)
      },
      dispose,
    }
  } catch (cause) {
    await dispose()
    throw cause
  }
}

interface Budget {
  taken: number
  readonly archiveBytes: number
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) {
    refuse(`the archive has ${zip.entryCount} entries; allowed: ${MOST_ENTRIES}`)
  }
  const entries = new Map<string, Entry>()
  const seen = new Set<string>()
  await orRefuse(
    (async () => {
      for await (const entry of zip.eachEntry()) {
        const raw = nameOf(entry)
        const isFolder = raw.endsWith('/')
        const name = packageName(isFolder ? raw.slice(0, -1) : raw, 'an entry of the archive')
        refuseEntry(entry, name, isFolder)
        const folded = foldedName(name)
        if (seen.has(folded)) refuse(`the archive has two entries named ${name}`)
        seen.add(folded)
        if (!isFolder) entries.set(name, entry)
        if (seen.size > MOST_ENTRIES) refuse(`the archive has more than ${MOST_ENTRIES} entries`)
      }
    })(),
  )
  return entries
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true)
}

function refuseEntry(entry: Entry, name: string, isFolder: boolean): void {
  if ((entry.generalPurposeBitFlag & 0x2041) !== 0) refuse(`${name} is encrypted`)
  // The upper half holds the type of file where a Unix wrote the archive, and else is 0.
  const type = (entry.externalFileAttributes >>> 28) & 0xf
  const usual = type === 0 || type === (isFolder ? 0x4 : 0x8)
  if (!usual) refuse(`${name} is ${type === 0xa ? 'a symbolic link' : 'not a file'}`)
  if (!isFolder && entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    invalid(`${name} is compressed by method ${entry.compressionMethod}; allowed: deflate or none`)
  }
}

/** At the top, or in the one folder that somebody packed as a whole. */
function describedIn(names: readonly string[]): { base: string; name: string } {
  const top = findDescription(names.filter(name => !name.includes('/')))
  if (typeof top === 'string') return { base: '', name: top }
  const folders = [...new Set(names.map(name => name.split('/')[0]!))]
  const base = folders.length === 1 ? `${folders[0]}/` : ''
  const inner = names.filter(name => name.startsWith(base)).map(name => name.slice(base.length))
  const found = findDescription(inner.filter(name => !name.includes('/')))
  if (typeof found === 'string') return { base, name: base + found }
  return found.length === 0
    ? invalid('no description in the archive; allowed: bioimageio.yaml, rdf.yaml or model.yaml')
    : invalid(`several descriptions, ${found.join(', ')}; allowed: one`)
}

async function readText(zip: ZipFile, entry: Entry, budget: Budget): Promise<string> {
  if (entry.uncompressedSize > LARGEST_DESCRIPTION) {
    refuse(`the description has ${entry.uncompressedSize} bytes; allowed: ${LARGEST_DESCRIPTION}`)
  }
  refuseBomb(entry, 'the description', budget)
  return orRefuse(
    (async () => {
      const chunks: Uint8Array[] = []
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        if (chunk instanceof Uint8Array) chunks.push(chunk)
      }
      return decodeText(Buffer.concat(chunks))
    })(),
  )
}

async function takeEntry(
  zip: ZipFile,
  entry: Entry,
  name: string,
  path: string | null,
  budget: Budget,
): Promise<TakenFile> {
  refuseBomb(entry, name, budget)
  if (path !== null) await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const digest = await orRefuse(
    (async () =>
      digestStream(await zip.openReadStreamPromise(entry), path, bytes => {
        if (bytes > entry.uncompressedSize) refuse(`${name} is larger than the archive says`)
      }))(),
  )
  if (digest.crc32 !== entry.crc32) refuse(`${name} is damaged: its checksum differs`)
  if (path !== null) await chmod(path, 0o600)
  return digest
}

function refuseBomb(entry: Entry, name: string, budget: Budget): void {
  const { uncompressedSize: bytes, compressedSize } = entry
  budget.taken += bytes
  if (bytes > LARGEST_FILE) refuse(`${name} has ${bytes} bytes; allowed: ${LARGEST_FILE}`)
  if (budget.taken > MOST_BYTES) refuse(`the package has more than ${MOST_BYTES} bytes`)
  const swells = bytes > SMALL && bytes > HIGHEST_RATIO * compressedSize
  const swellsTogether =
    budget.taken > 4 * SMALL && budget.taken > HIGHEST_RATIO * budget.archiveBytes
  if (swells || swellsTogether) {
    refuse(`${name} swells to ${bytes} bytes when it is unpacked; allowed: ${HIGHEST_RATIO} times`)
  }
}

/** What the reader of archives objects to is about the archive; errors of the file system stay what they are. */
async function orRefuse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof Objection || !(cause instanceof Error) || 'syscall' in cause) throw cause
    return refuse(`the archive is not as it should be: ${cause.message}`)
  }
}
