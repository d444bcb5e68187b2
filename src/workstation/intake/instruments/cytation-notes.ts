import type { RunFacts } from '../acquisition.ts'
import type { PlaneFacts } from '../plane-file.ts'
import { visitXmlText } from '../visit-xml.ts'
import { positive } from '../written-number.ts'

/** How one plane was imaged, as Gen5 notes it in the image itself. */
export interface CytationNotes {
  readonly plane: PlaneFacts
  /** Wavelengths, nm */
  readonly excitation: number | null
  readonly emission: number | null
  /** ms */
  readonly exposure: number | null
  readonly objective: RunFacts['objective']
}

/** Far above any notes that were met, and little enough to read of every image. */
const LARGEST = 2 ** 20

/**
 * Reads the `<BTIImageMetaData>` that Gen5 writes into ImageDescription; null where the text is another.
 *
 * Elements as Glencoe's BioTekReader (bioformats2raw) and public scripts read them. The side of a pixel is the width of
 * the image in µm over that in pixels; dates are `MM/dd/yy` by the clock of the instrument's PC. Where the stage was
 * is in none of the elements that are known.
 */
export async function parseCytationNotes(description: string): Promise<CytationNotes | null> {
  if (description.length > LARGEST || !description.slice(0, 1024).includes('<BTIImageMetaData'))
    return null
  const texts = new Map<string, string>()
  const visited = await visitXmlText(description, '', {
    close({ name, text, within }) {
      const part = within.find(one => one === 'ImageReference' || one === 'ImageAcquisition')
      const key = `${part} ${name}`
      if (part !== undefined && !texts.has(key)) texts.set(key, text)
    },
  })
  if (!visited.ok) return null
  const acquired = (name: string) => positive(texts.get(`ImageAcquisition ${name}`))
  const [width, pixels] = [acquired('ImageWidthMicrons'), acquired('PixelWidth')]
  const [magnification, aperture] = [acquired('ObjectiveSize'), acquired('NumericalAperture')]
  const pixelSize = width === null || pixels === null ? null : width / pixels
  const takenAt = momentOf(
    texts.get('ImageReference Date') ?? '',
    texts.get('ImageReference Time') ?? '',
  )
  return {
    plane: { pixelSize, position: null, takenAt },
    excitation: acquired('ExcitationWavelength'),
    emission: acquired('EmissionWavelength'),
    exposure: acquired('ShutterSpeedMS'),
    objective:
      magnification === null && aperture === null
        ? null
        : { name: null, magnification, numericalAperture: aperture },
  }
}

function momentOf(date: string, time: string): string | null {
  const day = /^(?<month>\d{2})\/(?<day>\d{2})\/(?<year>\d{2})$/.exec(date)?.groups
  const clock = /^\d{2}:\d{2}:\d{2}$/.exec(time)?.[0]
  if (day === undefined || clock === undefined) return null
  const moment = `20${day['year']}-${day['month']}-${day['day']}T${clock}`
  return Number.isNaN(Date.parse(`${moment}Z`)) ? null : moment
}
