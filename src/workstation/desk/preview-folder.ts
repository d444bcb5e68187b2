import type { FolderPreview, PreviewedFile } from '#contract/folders.ts'
import { fail, ok, type Fault, type FaultOf, type Result } from '#core/fault.ts'
import { describePlate, type PlateDescription } from '../describe-plate.ts'
import { askInTime, type Ask } from '../intake/ask-in-time.ts'
import { diskAccess } from '../intake/disk.ts'
import type { FileAccess } from '../intake/file-access.ts'
import { identifyAcquisitions, type SignRead } from '../intake/identify-acquisitions.ts'
import { instrumentName } from '../intake/instruments/registry.ts'
import { hasImageName, parsePattern } from '../intake/name-pattern.ts'
import { groupMatches } from '../intake/pattern-matches.ts'
import type { PlaneFile } from '../intake/plane-file.ts'
import { surveyFolder, type Survey } from '../intake/survey-folder.ts'

type PreviewFault = FaultOf<'folder-offline' | 'folder-not-found' | 'bad-option'>

/** Reads folders as far as a moment allows, to show how they would be read. */
export interface FolderPreviews {
  preview(root: string, naming: string): Promise<Result<FolderPreview, PreviewFault>>
}

/** Questions to a disk, and images that are looked at: enough to see how a folder is made. */
const MOST_QUESTIONS = 20_000
const MOST_IMAGES = 3_000
const LONGEST_SURVEY_MS = 4_000
/** While somebody types, the folder is listed once. */
const LISTING_LASTS_MS = 20_000

const MOST_PLATES = 12
const MOST_SHOWN = 50
/** Of those that are shown, so many are kept for files that nothing matched. */
const STRANGERS_SHOWN = 10
const MOST_FAULTS = 20
const MOST_SIGNS = 40

interface Listing extends PartialSurvey {
  readonly root: string
  readonly listedAt: number
  readonly access: FileAccess
}

export function createFolderPreviews(now: () => number): FolderPreviews {
  let last: Listing | null = null

  async function list(root: string): Promise<Listing> {
    if (last !== null && last.root === root && now() - last.listedAt < LISTING_LASTS_MS) return last
    const partial = await surveyPart(root, now)
    last = { ...partial, root, listedAt: now(), access: diskAccess() }
    return last
  }

  return {
    async preview(root, naming) {
      const { survey, cut, access } = await list(root)
      const away = survey.faults.find(isAway)
      if (away !== undefined && survey.files.length === 0) return fail(away)
      const parsed = parsePattern(naming)
      const pattern = parsed.ok ? parsed.value : null
      const identified = await identifyAcquisitions(survey, naming, access)
      if (!identified.ok) return refusal(identified.fault)
      const { acquisitions, signs, unmatched, unmatchedImages, faults } = identified.value
      const plates = acquisitions.slice(0, MOST_PLATES)
      const planes = acquisitions.flatMap(({ plate, planes: own }) =>
        own.map(plane => ({ plate, plane })),
      )
      const shown = filesShown(
        planes,
        unmatched.filter(path => hasImageName({ path })),
      )
      return ok({
        files: survey.files.length,
        cut,
        signs: signs
          .toSorted(bySureness)
          .slice(0, MOST_SIGNS)
          .map(sign => ({ ...sign, instrument: instrumentName(sign.instrument) })),
        plates: plates.map(acquisition => brief(describePlate(acquisition, signs), cut)),
        plateCount: acquisitions.length,
        recognised: new Set(planes.map(({ plane }) => plane.path)).size,
        unrecognised: unmatchedImages,
        beside: acquisitions
          .flatMap(({ ignored }) => ignored)
          .filter(path => hasImageName({ path })).length,
        shown: shown.map(file => ({
          ...file,
          groups: pattern === null ? [] : [...groupMatches(pattern, file.path)].slice(0, 20),
        })),
        faults: [...survey.faults, ...faults].slice(0, MOST_FAULTS),
      })
    },
  }
}

interface PartialSurvey {
  readonly survey: Survey
  readonly cut: boolean
}

/** A folder, or as much of it as there is time for; of its images the first by path, and all that may be an index. */
async function surveyPart(root: string, now: () => number): Promise<PartialSurvey> {
  const until = now() + LONGEST_SURVEY_MS
  const limited = askSoMuch(() => now() < until)
  const survey = await surveyFolder(root, undefined, limited.ask)
  let images = 0
  const files = survey.files.filter(file => !hasImageName(file) || (images += 1) <= MOST_IMAGES)
  const cut = limited.refused() || images > MOST_IMAGES
  // That the disk fell silent was our own doing.
  const faults = limited.refused() ? survey.faults.filter(fault => !isAway(fault)) : survey.faults
  return { survey: { ...survey, files, faults }, cut }
}

/** Asks a disk until time or questions have run out; from then on it is as if it did not answer. */
function askSoMuch(inTime: () => boolean): { readonly ask: Ask; refused(): boolean } {
  const end = new AbortController()
  const ask = askInTime(LONGEST_SURVEY_MS, end.signal)
  let asked = 0
  let refused = false
  return {
    ask(question) {
      asked += 1
      if (refused || (asked <= MOST_QUESTIONS && inTime())) return ask(question)
      refused = true
      const unanswered = ask<never>(() => new Promise(() => undefined))
      end.abort()
      return unanswered
    },
    refused: () => refused,
  }
}

function isAway(fault: Fault): fault is FaultOf<'folder-offline' | 'folder-not-found'> {
  return fault.kind === 'folder-offline' || fault.kind === 'folder-not-found'
}

function refusal(fault: Fault): Result<never, FaultOf<'bad-option'>> {
  // Of a way of naming nothing else is refused.
  if (fault.kind !== 'bad-option') throw new Error(`A preview was refused for ${fault.kind}`)
  return fail(fault)
}

const SURENESS = ['certain', 'likely', 'possible'] as const

function bySureness(a: SignRead, b: SignRead): number {
  return (
    Number(b.claimed > 0) - Number(a.claimed > 0) ||
    SURENESS.indexOf(a.sure) - SURENESS.indexOf(b.sure) ||
    b.claimed - a.claimed
  )
}

function brief(found: PlateDescription, cut: boolean): FolderPreview['plates'][number] {
  const { plate, folder, instrument, namedBy, wells, sites, z, t, channels, pixelSizes } = found
  const { expected, arrived: all } = found.planes
  // Of those that are promised: what came beside them fills no gap.
  const arrived = expected === null ? all : expected - found.missing.length
  return {
    plate,
    folder,
    instrument: instrumentName(instrument),
    namedBy,
    wells: wells.length,
    sites: sites.length,
    z: z.length,
    t: t.length,
    channels: channels.slice(0, 40).map(({ name }) => name),
    pixelSize: pixelSizes.length === 1 ? pixelSizes[0]! : null,
    objective: found.objective?.name ?? null,
    arrived,
    expected,
    missing: cut || expected === null ? null : found.missing.length,
  }
}

/** The first files by path that have a place, and the first that have none. */
function filesShown(
  planes: readonly { readonly plate: string; readonly plane: PlaneFile }[],
  strangers: readonly string[],
): readonly Omit<PreviewedFile, 'groups'>[] {
  const places = new Map<string, PreviewedFile['place']>()
  for (const { plate, plane } of planes) {
    const { path, well, site, channel, z, t } = plane
    if (!places.has(path)) places.set(path, { plate, well, site, channel, z, t })
  }
  const paths = [...places.keys()].sort()
  const ofStrangers = Math.min(
    strangers.length,
    Math.max(STRANGERS_SHOWN, MOST_SHOWN - paths.length),
  )
  return [...paths.slice(0, MOST_SHOWN - ofStrangers), ...strangers.slice(0, ofStrangers)].map(
    path => ({ path, place: places.get(path) ?? null }),
  )
}
