import { join } from 'node:path'
import { dirname } from 'node:path/posix'
import { ok, type Fault, type Result } from '#core/fault.ts'
import { flatText } from '../flat-text.ts'
import type { Acquisition } from './acquisition.ts'
import type { FileAccess } from './file-access.ts'
import { identifyAcquisitions, type Identification } from './identify-acquisitions.ts'
import { hasImageName } from './name-pattern.ts'
import { planeKey, type PlaneFile } from './plane-file.ts'
import type { SurveyedFile } from './survey-folder.ts'
import { fileOfVersion, versionText } from './watch-state.ts'

/** What arrived, in its place. */
export interface Arrivals {
  /** Runs with those of their planes alone that are new, or are there in a new version. */
  readonly acquisitions: readonly Acquisition[]
  /** Relative paths of arrived files that nothing claims. */
  readonly unmatched: readonly string[]
  readonly faults: readonly Fault[]
}

/** Knows what is in a folder, and finds the places of what comes to it. */
export interface ArrivalReader {
  readonly naming: string
  /** How many files came. */
  readonly count: () => number
  /** All that came, each in its last version. */
  readonly files: () => Iterable<SurveyedFile>
  /** Where it fails, what arrived is to be handed in once more. */
  arrive(files: readonly SurveyedFile[]): Promise<Result<Arrivals>>
}

/** A run as it was last seen, as far as what comes later depends on it. */
interface KnownRun {
  readonly number: number
  /** Planes that show everything by which the run was told: one of each folder, channel and step. */
  readonly witnesses: Map<string, PlaneFile>
}

/**
 * Reads a folder as it fills, with an effort that goes by what arrives and not by what is there.
 *
 * New images are read beside the indexes, what nothing claims, and a few witnesses of each known run.
 * Where the witnesses stay in their places, nothing else finds one, and every new image joins a known
 * run without a rival, the whole folder would give the same; else the whole folder is read.
 */
export function followArrivals(root: string, naming: string, access: FileAccess): ArrivalReader {
  // There may be half a million files, so each of them is a few short texts, which the maps share.
  const files = new Map<string, string>()
  const indexes = new Map<string, SurveyedFile>()
  let runs = new Map<string, KnownRun>()
  const numbers = new Map<string, number>()
  /** Which file holds a plane, by the number of the run and the place in it. */
  const holders = new Map<string, string>()
  /** Images without a place. */
  const strangers = new Set<string>()
  const knownFaults = new Set<string>()
  /** As which plane each image of each file was last handed out, spelt as in `holders`. */
  const given = new Map<string, string>()
  /** How much was said of images when they were handed out, where it was less than all: an index may come late. */
  const told = new Map<string, number>()
  /** Files in a version that was not handed out. */
  const renewed = new Set<string>()

  function fileAt(path: string): SurveyedFile {
    return fileOfVersion(path, join(root, path), files.get(path)!)
  }

  async function identify(some: Iterable<SurveyedFile>): Promise<Result<Identification>> {
    const sorted = [...some].sort((a, b) => (a.path < b.path ? -1 : 1))
    const survey = { root, files: sorted, skipped: 0, faults: [] }
    return identifyAcquisitions(survey, naming, access)
  }

  async function readArrivals(arrived: readonly SurveyedFile[]): Promise<Result<Arrivals | null>> {
    if (runs.size === 0 || !arrived.every(hasImageName)) return ok(null)
    const some = new Map(indexes)
    for (const { witnesses } of runs.values()) {
      for (const { path } of witnesses.values()) some.set(path, fileAt(path))
    }
    for (const path of strangers) some.set(path, fileAt(path))
    for (const file of arrived) some.set(file.path, file)
    const identified = await identify(some.values())
    if (!identified.ok) return identified
    return ok(agrees(identified.value) ? take(identified.value, arrived) : null)
  }

  /** Whether what was read of a part of the folder is what the whole of it would have given. */
  function agrees({ acquisitions, unmatched, faults }: Identification): boolean {
    const lost = new Set(unmatched)
    return (
      [...strangers].every(path => lost.has(path)) &&
      faults.every(fault => knownFaults.has(JSON.stringify(fault))) &&
      placesStay(runs, holders, acquisitions)
    )
  }

  async function readAll(arrived: readonly SurveyedFile[]): Promise<Result<Arrivals>> {
    const identified = await identify([...files.keys()].map(fileAt))
    if (!identified.ok) return identified
    runs = new Map()
    holders.clear()
    strangers.clear()
    return ok(take(identified.value, arrived))
  }

  /** Remembers what was read, and hands out what was not handed out before. */
  function take(identified: Identification, arrived: readonly SurveyedFile[]): Arrivals {
    const paths = new Set(arrived.map(({ path }) => path))
    const handedOut = new Set<string>()
    const acquisitions = identified.acquisitions.flatMap(acquisition => {
      const run = knownRun(acquisition)
      const planes = acquisition.planes.filter(plane => {
        const { path, page } = plane
        const key = remember(run, plane)
        const image = page === 0 ? path : `${path}\0${page}`
        const says = countFacts(plane)
        const toldMore = says > (told.get(image) ?? ALL_FACTS)
        if (given.get(image) === key && !renewed.has(path) && !toldMore) return false
        given.set(image, key)
        if (says < ALL_FACTS) told.set(image, says)
        else told.delete(image)
        handedOut.add(path)
        return true
      })
      const touched = planes.length > 0 || acquisition.ignored.some(path => paths.has(path))
      return touched ? [{ ...acquisition, planes }] : []
    })
    for (const path of handedOut) renewed.delete(path)
    const { unmatched, faults } = identified
    for (const path of unmatched) if (hasImageName(fileAt(path))) strangers.add(path)
    for (const fault of faults) knownFaults.add(JSON.stringify(fault))
    return { acquisitions, unmatched: unmatched.filter(path => paths.has(path)), faults }
  }

  function knownRun(acquisition: Acquisition): KnownRun {
    const name = runName(acquisition)
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    const run = runs.get(name) ?? { number, witnesses: new Map() }
    runs.set(name, run)
    return run
  }

  /** Gives the plane's place as it is spelt. */
  function remember({ number, witnesses }: KnownRun, plane: PlaneFile): string {
    const key = flatText(`${number} ${placeOf(plane)}`)
    holders.set(key, plane.path)
    const shown = `${dirname(plane.path)} ${plane.channel} ${plane.projection} ${plane.z}`
    if (!witnesses.has(shown)) witnesses.set(shown, plane)
    return key
  }

  return {
    naming,
    count: () => files.size,
    files: () => [...files.keys()].map(fileAt),

    async arrive(arrived) {
      for (const file of arrived) {
        const version = versionText(file)
        const before = files.get(file.path)
        if (before !== undefined && before !== version) renewed.add(file.path)
        files.set(file.path, flatText(version))
        if (!hasImageName(file)) indexes.set(file.path, file)
      }
      const quick = await readArrivals(arrived)
      if (!quick.ok) return quick
      return quick.value === null ? readAll(arrived) : ok(quick.value)
    },
  }
}

/** Whether every witness is where it was and no plane that is held has another claimant. */
function placesStay(
  runs: ReadonlyMap<string, KnownRun>,
  holders: ReadonlyMap<string, string>,
  acquisitions: readonly Acquisition[],
): boolean {
  const read = new Map(acquisitions.map(acquisition => [runName(acquisition), acquisition.planes]))
  const strange = [...read].some(([name, planes]) => planes.length > 0 && !runs.has(name))
  if (strange) return false
  return [...runs].every(([name, { number, witnesses }]) => {
    const holds = new Map(read.get(name)?.map(plane => [placeOf(plane), plane.path]))
    const stayed = [...witnesses.values()].every(plane => holds.get(placeOf(plane)) === plane.path)
    return (
      stayed &&
      [...holds].every(([place, path]) => (holders.get(`${number} ${place}`) ?? path) === path)
    )
  })
}

const ALL_FACTS = 3

function countFacts({ facts }: PlaneFile): number {
  return Object.values(facts ?? {}).filter(fact => fact !== null).length
}

function runName({ plate, uniqueId, folder, instrument, namedBy }: Acquisition): string {
  return JSON.stringify([plate, uniqueId, folder, instrument, namedBy])
}

function placeOf(plane: PlaneFile): string {
  return plane.well === null ? `${plane.page} ${plane.path}` : planeKey(plane)
}
