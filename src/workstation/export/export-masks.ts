import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { artifactPath } from '../record/artifacts.ts'
import type { StoreReader } from '../store/open-store.ts'
import type { ExportedField } from './exported-fields.ts'

/**
 * Writes each field's label image as `<name of the segmented file>.labels.tif`.
 *
 * Names that occur twice are kept apart by their folders, by their plates where that is not enough, and
 * by the ending of the file where only that differs.
 * @returns the paths written
 */
export async function exportMasks(
  store: StoreReader,
  fields: readonly ExportedField[],
  to: string,
): Promise<readonly string[]> {
  const masks = fields.flatMap(({ acquisition, channels, objects }) => {
    const segmented = channels[0]
    if (objects === null || segmented === undefined) return []
    const inFolder = maskName(segmented.path)
    const run = `${acquisition.plate}-${acquisition.id}`
    const whole = `${segmented.path}.labels.tif`
    const names = [
      posix.basename(inFolder),
      inFolder,
      posix.join(run, inFolder),
      posix.join(run, whole),
    ]
    return [{ artifact: objects.labels.location, names }]
  })
  const written: string[] = []
  for (const { artifact, name } of uniquelyNamed(masks)) {
    const path = join(to, name)
    await mkdir(dirname(path), { recursive: true })
    await copyFile(artifactPath(store.folder, artifact), path)
    written.push(path)
  }
  return written
}

function maskName(path: string): string {
  return `${path.slice(0, path.length - posix.extname(path).length)}.labels.tif`
}

interface Named {
  readonly artifact: string
  /** From the shortest name to the one that is surely its own. */
  readonly names: readonly string[]
}

/** Gives each mask the shortest of its names that no other mask would have, without regard to case. */
function uniquelyNamed(masks: readonly Named[]): readonly { artifact: string; name: string }[] {
  const bearers = Map.groupBy(
    masks.flatMap(({ names }) => [...new Set(names.map(name => name.toLowerCase()))]),
    name => name,
  )
  return masks.map(({ artifact, names }) => ({
    artifact,
    name: names.find(name => bearers.get(name.toLowerCase())!.length === 1) ?? names.at(-1)!,
  }))
}
