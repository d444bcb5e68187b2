import { fail, ok } from '#core/fault.ts'
import { rememberReadings, type FileAccess } from '#workstation/intake/file-access.ts'
import type { Survey } from '#workstation/intake/survey-folder.ts'
import { memorySource } from '#workstation/reading/byte-source.ts'
import { readStructure } from '#workstation/reading/image-format.ts'
import { descriptionOf } from '#workstation/reading/read-description.ts'

/** A folder that exists on paper: the path of each file, and what is in it. */
export interface PaperFolder {
  readonly survey: Survey
  readonly access: FileAccess
}

/** Draws a folder; images may be real ones, as bytes, or only drawn: `pages` says how many images such a file has. */
export function paperFolder(
  contents: Readonly<Record<string, string | Uint8Array>>,
  pages: Readonly<Record<string, number>> = {},
): PaperFolder {
  const root = '/screen'
  const paths = Object.keys(contents).sort()
  const bytesOf = (absolute: string) => {
    const content = contents[absolute.slice(root.length + 1)]
    return typeof content === 'string' ? new TextEncoder().encode(content) : content
  }
  return {
    survey: {
      root,
      files: paths.map(path => ({
        path,
        absolute: `${root}/${path}`,
        bytes: bytesOf(`${root}/${path}`)!.length,
        modified: '1700000000000000000',
      })),
      skipped: 0,
      faults: [],
    },
    access: rememberReadings({
      async readStart(absolute, limit) {
        const bytes = bytesOf(absolute)
        if (bytes === undefined) return fail({ kind: 'file-not-found', path: absolute })
        return ok(bytes.subarray(0, limit))
      },
      async probeImage(absolute) {
        const count = pages[absolute.slice(root.length + 1)]
        if (count !== undefined) return ok({ pages: Array.from({ length: count }, () => DRAWN) })
        const bytes = bytesOf(absolute)
        if (bytes === undefined) return fail({ kind: 'file-not-found', path: absolute })
        if (bytes.length > 0) return readStructure(memorySource(absolute, bytes))
        return fail({ kind: 'image-truncated', path: absolute, detail: 'it is only drawn' })
      },
      async readDescription(absolute, page) {
        const bytes = bytesOf(absolute)
        if (bytes === undefined) return fail({ kind: 'file-not-found', path: absolute })
        return descriptionOf(memorySource(absolute, bytes), page)
      },
    }),
  }
}

const DRAWN = { width: 64, height: 64, samples: 1 }

/** A folder of files whose contents do not matter. */
export function paperFiles(...paths: readonly string[]): PaperFolder {
  return paperFolder(Object.fromEntries(paths.map(path => [path, ''])))
}

/** An HTD as MetaXpress writes it, for some wells of a 96-well plate. */
export function htdText(settings: {
  readonly wells: readonly string[]
  readonly sites?: readonly [columns: number, rows: number]
  readonly waves?: readonly string[]
  readonly zSteps?: number
  readonly timepoints?: number
  readonly uniqueId?: string
}): string {
  const { wells, sites = [1, 1], waves = ['DAPI'], zSteps = 0, timepoints = 1 } = settings
  const flag = (value: boolean) => (value ? 'TRUE' : 'FALSE')
  const selections = [...'ABCDEFGH'].map((row, index) => {
    const columns = Array.from({ length: 12 }, (_, column) =>
      flag(wells.includes(`${row}${String(column + 1).padStart(2, '0')}`)),
    )
    return `"WellsSelection${index + 1}", ${columns.join(', ')}`
  })
  return [
    '"HTSInfoFile", Version 1.0',
    '"Description", "drawn"',
    `"TimePoints", ${timepoints}`,
    `"ZSeries", ${flag(zSteps > 1)}`,
    `"ZSteps", ${zSteps}`,
    '"XWells", 12',
    '"YWells", 8',
    ...selections,
    `"Sites", ${flag(sites[0] * sites[1] > 1)}`,
    `"XSites", ${sites[0]}`,
    `"YSites", ${sites[1]}`,
    `"Waves", ${flag(waves.length > 1)}`,
    `"NWavelengths", ${waves.length}`,
    ...waves.map((name, index) => `"WaveName${index + 1}", "${name}"`),
    ...(settings.uniqueId === undefined ? [] : [`"UniquePlateIdentifier", "${settings.uniqueId}"`]),
    '"EndFile"',
    '',
  ].join('\r\n')
}
