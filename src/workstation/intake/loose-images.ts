import { assembleAcquisition, folderName, type Acquisition } from './acquisition.ts'
import type { FileAccess } from './file-access.ts'
import { mapAtMost } from '../map-at-most.ts'
import { hasImageName } from './name-pattern.ts'
import type { PlaneFile } from './plane-file.ts'
import type { ReadStart } from './read-start.ts'
import type { SurveyedFile } from './survey-folder.ts'

const AT_ONCE = 8

/**
 * Takes every image as a field of its own, without plate or well; the plate is named after the folder.
 *
 * Each page of a file is a plane of its field, z counted from 0; the smaller levels of a pyramid are none. An image that cannot be looked into
 * is one plane: reading it will say why. Null where there is no image.
 */
export async function readLoose(
  root: string,
  files: readonly SurveyedFile[],
  { readStart, probeImage }: Pick<FileAccess, 'readStart' | 'probeImage'>,
): Promise<Acquisition | null> {
  const planes = await mapAtMost(AT_ONCE, files, async file => {
    const isImage = hasImageName(file) || (await beginsAsImage(file, readStart))
    if (!isImage) return []
    const probed = await probeImage(file.absolute)
    return pagesOf(file, probed.ok ? probed.value.pages : [{}])
  })
  const head = {
    plate: folderName(root, ''),
    uniqueId: null,
    folder: '',
    instrument: 'loose',
    namedBy: 'loose',
    format: null,
    promised: null,
  } as const
  const acquisition = assembleAcquisition(head, planes.flat(), [])
  return acquisition.planes.length === 0 ? null : acquisition
}

function pagesOf(
  file: SurveyedFile,
  pages: readonly { readonly reduced?: boolean }[],
): readonly PlaneFile[] {
  const whole = [...pages.keys()].filter(page => pages[page]!.reduced !== true)
  return whole.map(page => ({
    ...file,
    page,
    well: null,
    site: null,
    channel: 'w1',
    wave: 1,
    z: page,
    t: 0,
    projection: false,
  }))
}

/** TIFF and BigTIFF of both byte orders, and PNG. */
const BEGINNINGS = ['49492a00', '4d4d002a', '49492b00', '4d4d002b', '89504e47']

async function beginsAsImage(file: SurveyedFile, readStart: ReadStart): Promise<boolean> {
  const start = await readStart(file.absolute, 4)
  return start.ok && BEGINNINGS.includes(Buffer.from(start.value).toString('hex'))
}
