import { mapAtMost } from '../../map-at-most.ts'
import {
  assembleAcquisition,
  folderName,
  type Acquisition,
  type ChannelFacts,
} from '../acquisition.ts'
import type { FileAccess } from '../file-access.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import { filtersOf, plateFolder, readCytationName, type CytationName } from './cytation-names.ts'
import { parseCytationNotes, type CytationNotes } from './cytation-notes.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'

/**
 * BioTek and Agilent Cytation, Lionheart and Biospa, as Gen5 exports them: names alone, a folder a plate.
 *
 * Gen5's experiment (`.xpt`) is a format of its own that nothing public describes; it is left.
 */
export const cytation: Instrument = { id: 'cytation', name: 'BioTek Cytation', detect, read }

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const image = files.find(file => readCytationName(file) !== null)
  return image === undefined
    ? []
    : [{ by: 'name', sure: 'likely', why: `names like ${image.path}` }]
}

async function read({ root, files, by, access }: ReadRequest): Promise<Reading> {
  if (by === 'index') return { acquisitions: [], faults: [] }
  const named = files.flatMap(file => readCytationName(file) ?? [])
  const acquisitions: Acquisition[] = []
  for (const [folder, own] of Map.groupBy(named, plateFolder))
    acquisitions.push(await addNotes(access, readRun(root, folder, own)))
  return { acquisitions, faults: [] }
}

function readRun(root: string, folder: string, named: readonly CytationName[]): Acquisition {
  const chosen = leastProcessed(named)
  const ignored = named.filter(one => !chosen.has(one)).map(({ file }) => file.path)
  return assembleAcquisition(
    {
      plate: folderName(root, folder),
      uniqueId: null,
      folder,
      instrument: cytation.id,
      namedBy: 'name',
      format: null,
      promised: null,
    },
    planesOf([...chosen]),
    ignored,
  )
}

/**
 * Of each channel what Gen5 did least to: stitched and transformed images repeat what the raw ones beside them show,
 * and are the planes only where nobody kept these.
 */
function leastProcessed(named: readonly CytationName[]): ReadonlySet<CytationName> {
  const least = new Map<string, number>()
  for (const { channel, processing } of named)
    least.set(channel, Math.min(processing, least.get(channel) ?? processing))
  return new Set(named.filter(one => one.processing === least.get(one.channel)))
}

/** Fields of one region of interest, at most: those of the second are numbered from 1001. */
const FIELDS_OF_REGION = 1000

/** A channel that several steps of the protocol image is several channels. */
function planesOf(named: readonly CytationName[]): readonly PlaneFile[] {
  const steps = new Map<string, Set<number>>()
  for (const { channel, step } of named)
    steps.set(channel, (steps.get(channel) ?? new Set<number>()).add(step))
  const nameOf = ({ channel, step }: CytationName) =>
    steps.get(channel)!.size > 1 && step !== 0 ? `${channel} (read ${step})` : channel
  const inOrder = named.toSorted(
    (a, b) => a.step - b.step || a.place - b.place || (a.channel < b.channel ? -1 : 1),
  )
  const waves = new Map<string, number>()
  for (const one of inOrder) {
    const name = nameOf(one)
    if (!waves.has(name)) waves.set(name, waves.size + 1)
  }
  return named.map(one => {
    const { file, well, z, t, projection } = one
    const channel = nameOf(one)
    const site = one.region === null ? one.site : (one.region - 1) * FIELDS_OF_REGION + one.site
    return { ...file, page: 0, well, site, channel, wave: waves.get(channel)!, z, t, projection }
  })
}

/** Enough to hide the latency of a network share. */
const FILES_AT_ONCE = 32

/** Each image says how it was taken, and its name which filters; one that cannot be read has no notes. */
async function addNotes(access: FileAccess, acquisition: Acquisition): Promise<Acquisition> {
  const noted = await mapAtMost(FILES_AT_ONCE, acquisition.planes, async plane => ({
    plane,
    notes: await access.remember(cytation.id, plane, () => readNotes(access, plane)),
  }))
  const first = new Map<string, CytationNotes>()
  for (const { plane, notes } of noted)
    if (notes !== null && !first.has(plane.channel)) first.set(plane.channel, notes)
  const channels = acquisition.channels.map(({ name }): ChannelFacts => {
    const notes = first.get(name)
    const filters = filtersOf(name.replace(/ \(read -?\d+\)$/, ''))
    return {
      channel: name,
      excitation: notes?.excitation ?? filters?.excitation ?? null,
      emission: notes?.emission ?? filters?.emission ?? null,
      exposure: notes?.exposure ?? null,
      flatField: null,
    }
  })
  const objective = [...first.values()].find(notes => notes.objective !== null)?.objective ?? null
  if (first.size === 0 && channels.every(({ emission }) => emission === null)) return acquisition
  return {
    ...acquisition,
    facts: { startedAt: null, objective, channels },
    planes: noted.map(({ plane, notes }) =>
      notes === null ? plane : { ...plane, facts: notes.plane },
    ),
  }
}

async function readNotes(
  { readDescription }: FileAccess,
  { absolute }: SurveyedFile,
): Promise<CytationNotes | null> {
  const description = await readDescription(absolute, 0)
  return description.ok ? parseCytationNotes(description.value) : null
}
