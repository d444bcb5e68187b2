import { assembleAcquisition, folderName, type Acquisition } from '../acquisition.ts'
import {
  omePlaneFiles,
  omePromise,
  omeRunFacts,
  type OmePlace,
  type PlacedImage,
} from '../ome-facts.ts'
import type { OmePlate, OmeSample } from '../ome-metadata.ts'
import { isCompanion, readOmeSets, type LocatedImage, type OmeSet } from '../ome-sets.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Instrument, ReadRequest, Reading, Sign } from './instrument.ts'

const OME_TIFF = /\.ome\.(?:tiff?|tf[28]|btf)$/i
const TIFF = /\.tiff?$/i

/** OME-TIFF, with its metadata in companions or in the files themselves: plates (SPW) and images of no well. */
export const omeTiff: Instrument = {
  id: 'ome-tiff',
  name: 'OME-TIFF',
  detect,
  read: request => {
    const { files, by, chosen } = request
    const own = files.filter(
      file => isCompanion(file) || isOmeTiff(file) || (chosen && isPlainTiff(file)),
    )
    // Without a companion a folder waits its turn among names: Micro-Manager's are called so too.
    const indexed = new Set(own.filter(isCompanion).map(folderOf))
    const turn = by === 'index' ? own.filter(file => indexed.has(folderOf(file))) : own
    return readOme(request, turn)
  },
}

/**
 * OME-XML in TIFFs that are not called so. It stands behind every other instrument, and looks into the first TIFF of a
 * folder alone: where that holds none, no other is opened.
 */
export const plainOmeTiff: Instrument = {
  id: 'ome-tiff-inside',
  name: 'TIFF with OME-XML inside',
  detect: files => {
    const file = files.find(isPlainTiff)
    if (file === undefined) return []
    return [{ by: 'name', sure: 'possible', why: `${file.path} may hold OME-XML` }]
  },
  read: async request => {
    const folders = Map.groupBy(request.files.filter(isPlainTiff), folderOf)
    const own: SurveyedFile[] = []
    for (const files of folders.values()) {
      const first = await readOmeSets([files[0]!], request.access)
      if (first.sets.length > 0) own.push(...files)
    }
    return readOme(request, own)
  },
}

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const signs: Sign[] = []
  const companion = files.find(isCompanion)
  if (companion !== undefined)
    signs.push({ by: 'index', sure: 'certain', why: `the index ${companion.path}` })
  const image = files.find(isOmeTiff)
  if (image !== undefined)
    signs.push({ by: 'name', sure: 'likely', why: `names like ${image.path}` })
  return signs
}

function isOmeTiff({ path }: SurveyedFile): boolean {
  return OME_TIFF.test(path)
}

function isPlainTiff(file: SurveyedFile): boolean {
  return TIFF.test(file.path) && !isOmeTiff(file)
}

function folderOf({ path }: SurveyedFile): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

async function readOme(request: ReadRequest, files: readonly SurveyedFile[]): Promise<Reading> {
  const { root, access } = request
  const others = request.files.filter(({ path }) => TIFF.test(path) || OME_TIFF.test(path))
  const { sets, members, faults } = await readOmeSets(files, access, others)
  const acquisitions = [...Map.groupBy(sets, ({ folder }) => folder)].flatMap(([folder, own]) => {
    const beside = members.filter(file => folderOf(file) === folder)
    return readFolder(root, folder, own, beside)
  })
  return { acquisitions, faults }
}

/** A run as it is put together from the metadata of one folder, in one text or in several. */
interface Run {
  readonly plate: OmePlate | null
  readonly name: string
  readonly folder: string
  readonly startedAt: string | null
  readonly sets: Set<OmeSet>
  readonly images: PlacedImage[]
}

function readFolder(
  root: string,
  folder: string,
  sets: readonly OmeSet[],
  members: readonly SurveyedFile[],
): readonly Acquisition[] {
  const runs = new Map<string, Run>()
  const add = (set: OmeSet, head: Omit<Run, 'sets' | 'images'>, images: readonly PlacedImage[]) => {
    const key = JSON.stringify([head.plate?.id ?? null, head.name, head.folder])
    const run = runs.get(key) ?? { ...head, sets: new Set<OmeSet>(), images: [] }
    runs.set(key, run)
    run.sets.add(set)
    run.images.push(...images)
  }
  const here = folderName(root, folder)
  for (const set of sets) {
    const images = new Map(set.images.map(located => [located.image.id, located]))
    for (const plate of set.xml.plates) {
      const name = plateName(plate, set.xml.plates, here)
      for (const { part, startedAt, samples } of runsOf(plate)) {
        const below = [folder, part].filter(text => text !== '').join('/')
        add(set, { plate, name, folder: below, startedAt }, place(plate, samples, images))
      }
    }
    const loose = [...images.values()].map(located => ({ located, place: NOWHERE }))
    if (loose.length > 0) add(set, { plate: null, name: here, folder, startedAt: null }, loose)
  }
  const acquisitions = [...runs.values()]
    .map(assemble)
    .filter(({ planes, promised }) => planes.length > 0 || promised !== null)
  const [first, ...others] = acquisitions
  if (first === undefined) return []
  const held = new Set(acquisitions.flatMap(({ planes }) => planes.map(({ path }) => path)))
  const idle = [...sets.map(({ index }) => index), ...members].map(({ path }) => path)
  return [{ ...first, ignored: idle.filter(path => !held.has(path)).sort() }, ...others]
}

const NOWHERE: OmePlace = { well: null, site: null, position: null }

/** A plate without a name has that of its folder; plates that would have the same name bear their ids too. */
function plateName(plate: OmePlate, plates: readonly OmePlate[], folder: string): string {
  const nameOf = ({ name, externalId }: OmePlate) => name ?? externalId ?? folder
  const name = nameOf(plate)
  const alike = plates.filter(other => nameOf(other) === name)
  return alike.length === 1 ? name : `${name} ${plate.id}`
}

interface RunPart {
  /** Tells runs of a plate in one folder apart; empty where there is one. */
  readonly part: string
  readonly startedAt: string | null
  readonly samples: readonly OmeSample[]
}

/** Each PlateAcquisition is a run; a plate that has none is one, and so are the fields that none of several names. */
function runsOf({ runs, samples }: OmePlate): readonly RunPart[] {
  const named = runs.filter(run => run.samples.length > 0)
  const byId = new Map(samples.map(sample => [sample.id, sample]))
  const parts = named.map(({ id, name, startedAt, samples: ids }) => ({
    part: (name ?? id).replaceAll(/[\\/]|^\.+$/g, '_'),
    startedAt,
    samples: ids.flatMap(sample => byId.get(sample) ?? []),
  }))
  const all = new Set(named.flatMap(run => run.samples))
  const rest = samples.filter(({ id }) => !all.has(id))
  if (rest.length > 0) parts.push({ part: '', startedAt: null, samples: rest })
  return parts.length === 1 ? [{ ...parts[0]!, part: '' }] : parts
}

/**
 * Puts images into wells and takes them out of `images`. Sites are the fields of a well in the order in which they are
 * written, from 1; a text that describes a single field of the plate counts by its Index, for each field has such a text.
 */
function place(
  plate: OmePlate,
  samples: readonly OmeSample[],
  images: Map<string, LocatedImage>,
): readonly PlacedImage[] {
  const sites = new Map<string, number>()
  const alone = plate.samples.length === 1
  return samples.flatMap(({ well, index, image, position }) => {
    const site = alone && index !== null ? index + 1 : (sites.get(well) ?? 0) + 1
    sites.set(well, site)
    const located = image === null ? undefined : images.get(image)
    if (located === undefined) return []
    images.delete(located.image.id)
    return [{ located, place: { well, site, position } }]
  })
}

function assemble({ plate, name, folder, startedAt, images, sets }: Run): Acquisition {
  const objectives = new Map([...sets].flatMap(({ xml }) => [...xml.objectives]))
  const facts = omeRunFacts(
    images.map(({ located }) => located.image),
    objectives,
    startedAt,
  )
  const promised = omePromise(images)
  return assembleAcquisition(
    {
      plate: name,
      uniqueId: plate?.externalId ?? null,
      folder,
      instrument: omeTiff.id,
      // Without wells nothing but the folder says which plate it is.
      namedBy: plate === null ? 'loose' : 'index',
      format: plate?.format ?? null,
      promised: promised.length === 0 ? null : promised,
      ...(facts === undefined ? {} : { facts }),
    },
    images.flatMap(omePlaneFiles),
    [],
  )
}
