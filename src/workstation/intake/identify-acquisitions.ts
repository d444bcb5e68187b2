import { fail, ok, type Fault, type FaultOf, type Result } from '#core/fault.ts'
import type { Acquisition } from './acquisition.ts'
import { isMap, readByMap } from './csv-map.ts'
import type { FileAccess } from './file-access.ts'
import type { Instrument, Reading, Sign } from './instruments/instrument.ts'
import { INSTRUMENTS } from './instruments/registry.ts'
import { readLoose } from './loose-images.ts'
import { hasImageName, parsePattern, PATTERN_GROUPS, readByPattern } from './name-pattern.ts'
import { refuseSlowPattern } from './pattern-matches.ts'
import { orderRuns } from './order-runs.ts'
import type { Survey, SurveyedFile } from './survey-folder.ts'

/** What a folder holds. Every surveyed file is in exactly one place: plane, ignored, unmatched or fault. */
export interface Identification {
  /** By folder and plate, and those of one plate as they were imaged. */
  readonly acquisitions: readonly Acquisition[]
  /** Relative paths of the files that nothing claims. */
  readonly unmatched: readonly string[]
  /** How many of the unmatched have the name of an image. */
  readonly unmatchedImages: number
  /** Index files that could not be used, and files that claim another's plane. */
  readonly faults: readonly Fault[]
  /** What spoke for the instruments that were asked, in the order of asking. */
  readonly signs: readonly SignRead[]
}

/** A sign, and how well it held. */
export interface SignRead extends Sign {
  readonly instrument: string
  /** Image files that the instrument claimed by it, of so many in the folder. */
  readonly claimed: number
  readonly of: number
}

/**
 * Finds the plates among the files of a folder.
 *
 * @param naming `auto`, `loose`, the id of an instrument, a table that ends in `.csv`, or a pattern with named groups
 */
export async function identifyAcquisitions(
  survey: Survey,
  naming: string,
  access: FileAccess,
): Promise<Result<Identification>> {
  const { root, files } = survey
  if (naming === 'loose') {
    const loose = await readLoose(root, files, access)
    const acquisitions = loose === null ? [] : [loose]
    return ok(account(files, { acquisitions, faults: [] }, []))
  }
  if (naming === 'auto') return ok(await askAll(survey, access))
  if (isMap(naming)) return ok(account(files, await readByMap(survey, naming, access), []))
  const chosen = INSTRUMENTS.find(({ id }) => id === naming)
  if (chosen !== undefined) return ok(await askOne(survey, chosen, access))
  const pattern = parsePattern(naming)
  if (!pattern.ok) return isPattern(naming) ? pattern : fail(unknownNaming(naming))
  const images = files.filter(hasImageName).map(({ path }) => path)
  const fit = refuseSlowPattern(pattern.value, naming, images)
  if (!fit.ok) return fit
  const reading = await readByPattern(pattern.value, 'pattern', root, files, access)
  return ok(account(files, reading, []))
}

/** Whether a way of naming makes sense. */
export function checkNaming(naming: string): Result<void, FaultOf<'bad-option'>> {
  if (['auto', 'loose', ...INSTRUMENTS.map(({ id }) => id)].includes(naming)) return ok(undefined)
  if (isMap(naming)) return ok(undefined)
  const pattern = parsePattern(naming)
  if (pattern.ok) return ok(undefined)
  return isPattern(naming) ? pattern : fail(unknownNaming(naming))
}

/** Every instrument that something speaks for, index before names: what an index claims no name can. */
async function askAll(survey: Survey, access: FileAccess): Promise<Identification> {
  const signs = INSTRUMENTS.flatMap(instrument =>
    instrument.detect(survey.files).map(sign => ({ ...sign, instrument })),
  )
  const ordered = [
    ...signs.filter(({ by }) => by === 'index'),
    ...signs.filter(({ by }) => by === 'name'),
  ]
  const found = await readInTurn(survey, ordered, false, access)
  return account(survey.files, found, signsRead(survey.files, ordered, found.claimed))
}

async function askOne(
  survey: Survey,
  instrument: Instrument,
  access: FileAccess,
): Promise<Identification> {
  const turns = (['index', 'name'] as const).map(by => ({ by, instrument }))
  const found = await readInTurn(survey, turns, true, access)
  const signs = instrument.detect(survey.files).map(sign => ({ ...sign, instrument }))
  // An instrument without an index takes its files at the first turn.
  const claimed = signs.length === 1 ? [found.claimed.flat()] : found.claimed
  return account(survey.files, found, signsRead(survey.files, signs, claimed))
}

interface Turn {
  readonly by: Sign['by']
  readonly instrument: Instrument
}

function signsRead(
  files: readonly SurveyedFile[],
  signs: readonly (Sign & Turn)[],
  claimed: readonly (readonly SurveyedFile[])[],
): readonly SignRead[] {
  const of = files.filter(hasImageName).length
  return signs.map(({ instrument, ...sign }, i) => {
    const own = claimed[i] ?? []
    // The first of the names that look so may belong to another.
    const held = instrument.detect(own).find(({ by }) => by === sign.by)
    return {
      ...sign,
      why: held?.why ?? sign.why,
      instrument: instrument.id,
      claimed: own.filter(hasImageName).length,
      of,
    }
  })
}

/** Each turn sees what the turns before it have left; `claimed` says which files each of them took. */
async function readInTurn(
  { root, files }: Survey,
  turns: readonly Turn[],
  chosen: boolean,
  access: FileAccess,
): Promise<Reading & { readonly claimed: readonly (readonly SurveyedFile[])[] }> {
  const claimed: (readonly SurveyedFile[])[] = []
  const acquisitions: Acquisition[] = []
  const faults: Fault[] = []
  let left = files
  for (const { by, instrument } of turns) {
    const reading = await instrument.read({ root, files: left, by, chosen, access })
    acquisitions.push(...reading.acquisitions)
    faults.push(...reading.faults)
    const after = unclaimed(left, reading)
    const open = new Set(after)
    claimed.push(left.filter(file => !open.has(file)))
    left = after
  }
  return { acquisitions, faults, claimed }
}

function account(
  files: readonly SurveyedFile[],
  { acquisitions, faults }: Reading,
  signs: Identification['signs'],
): Identification {
  const unmatched = unclaimed(files, { acquisitions, faults })
  return {
    acquisitions: orderRuns(acquisitions),
    unmatched: unmatched.map(({ path }) => path),
    unmatchedImages: unmatched.filter(hasImageName).length,
    faults: [...faults, ...acquisitions.flatMap(acquisition => acquisition.faults)],
    signs,
  }
}

function unclaimed(
  files: readonly SurveyedFile[],
  { acquisitions, faults }: Reading,
): readonly SurveyedFile[] {
  const claimed = new Set<string>()
  const atFault = new Set<string>()
  for (const { planes, ignored, faults: doubles } of acquisitions) {
    for (const { path } of planes) claimed.add(path)
    for (const path of ignored) claimed.add(path)
    for (const fault of doubles) if ('path' in fault) atFault.add(fault.path)
  }
  for (const fault of faults) if ('path' in fault) atFault.add(fault.path)
  return files.filter(({ path, absolute }) => !claimed.has(path) && !atFault.has(absolute))
}

/** Tells a pattern with a mistake in it from a misspelt name. */
function isPattern(naming: string): boolean {
  return naming.includes('(')
}

function unknownNaming(value: string): FaultOf<'bad-option'> {
  const names = ['auto', 'loose', ...INSTRUMENTS.map(({ id }) => id)].join(', ')
  const allowed = `${names}, a table that ends in .csv, or a regular expression with the named groups ${PATTERN_GROUPS.join(', ')}`
  return { kind: 'bad-option', option: '--naming', value, allowed }
}
