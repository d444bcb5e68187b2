import { parseWell, wellName } from '#core/plate/well.ts'
import { assembleAcquisition, folderName, type Acquisition } from '../acquisition.ts'
import { folderOf } from '../files-by-folder.ts'
import type { PlaneFile } from '../plane-file.ts'
import type { SurveyedFile } from '../survey-folder.ts'
import type { Instrument, Reading, ReadRequest, Sign } from './instrument.ts'

/** ACQUIFER (Luxendo, Bruker) Imaging Machine, IM03 and IM04: a folder a plate, everything else in the names. */
export const acquifer: Instrument = { id: 'acquifer', name: 'ACQUIFER', detect, read }

/**
 * `-B012--PO01--LO002--CO3--SL005--PX32500--PW0080--IN0020--TM281--X014580--Y011262--Z210710--T0000257564--WE00013.tif`:
 * well, position in it, loop (the time point), channel, slice, pixel size (0.1 nm), power (%), exposure (ms), temperature
 * (0.1 °C), stage (µm), focus (0.1 µm), clock (ms, from when is not said), and the well's turn, with which the IM03 begins.
 *
 * Read from the vendor's own parser (acquifer Python package, `IM03.metadata` and `IM04.metadata`).
 */
const IMAGE_NAME =
  /^(?:WE\d{5}--)?-(?<well>[A-Z]{1,2}\d{3})--PO(?<site>\d{2,5})--LO(?<t>\d{3,6})--CO(?<wave>\d{1,2})--SL(?<z>\d{3,6})--PX(?<pixel>\d{5,7})--PW\d{4}--IN(?<exposure>\d{4,6})--TM\d{3,4}--X(?<x>-?\d{5,7})--Y(?<y>-?\d{5,7})--Z(?<focus>-?\d{5,7})--T\d{1,12}(?:--WE\d{5})?\.tiff?$/i

interface NamedImage {
  readonly plane: PlaneFile
  /** ms */
  readonly exposure: number
}

function detect(files: readonly SurveyedFile[]): readonly Sign[] {
  const image = files.find(file => readName(file) !== null)
  return image === undefined
    ? []
    : [{ by: 'name', sure: 'certain', why: `names like ${image.path}` }]
}

async function read({ root, files, by }: ReadRequest): Promise<Reading> {
  if (by === 'index') return { acquisitions: [], faults: [] }
  const named = files.flatMap(file => readName(file) ?? [])
  const runs = Map.groupBy(named, ({ plane }) => folderOf(plane.path))
  return { acquisitions: [...runs].map(run => assemble(root, ...run)), faults: [] }
}

function assemble(root: string, folder: string, images: readonly NamedImage[]): Acquisition {
  const exposures = new Map<string, number>()
  for (const { plane, exposure } of images)
    if (!exposures.has(plane.channel)) exposures.set(plane.channel, exposure)
  const channels = [...exposures].sort(([a], [b]) => (a < b ? -1 : 1))
  return assembleAcquisition(
    {
      plate: folderName(root, folder),
      uniqueId: null,
      folder,
      instrument: acquifer.id,
      namedBy: 'name',
      format: null,
      promised: null,
      facts: {
        startedAt: null,
        objective: null,
        channels: channels.map(([channel, exposure]) => ({
          ...{ channel, exposure },
          ...{ excitation: null, emission: null, flatField: null },
        })),
      },
    },
    images.map(({ plane }) => plane),
    [],
  )
}

/** Null for what is no image of an ACQUIFER. */
function readName(file: SurveyedFile): NamedImage | null {
  const groups = IMAGE_NAME.exec(file.path.slice(file.path.lastIndexOf('/') + 1))?.groups
  const well = parseWell(groups?.['well'] ?? '')
  if (groups === undefined || well === null) return null
  const number = (group: string) => Number(groups[group])
  const wave = number('wave')
  return {
    plane: {
      ...file,
      page: 0,
      well: wellName(well),
      site: number('site'),
      channel: `CO${wave}`,
      wave,
      z: number('z'),
      t: number('t'),
      projection: false,
      facts: {
        pixelSize: number('pixel') / 10_000,
        // The stage's y grows towards the image's top (convertXY_PixToIM).
        position: { x: number('x'), y: 0 - number('y'), z: number('focus') / 10 },
        takenAt: null,
      },
    },
    exposure: number('exposure'),
  }
}
