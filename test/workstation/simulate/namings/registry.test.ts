import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CHANNELS } from '#core/simulate/channel.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import type { PlaneFile } from '#workstation/intake/plane-file.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { fieldPosition, imagedAt, OBJECTIVE } from '#workstation/simulate/imaged-plate.ts'
import { READS_PATTERN_NAMING } from '#workstation/simulate/namings/pattern.ts'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import type { PlaneTruth } from '#workstation/simulate/truth-folder.ts'
import { writeAcquisition } from '#workstation/simulate/write-acquisition.ts'
import { imagedPlate } from '../../../support/imaged-plate.ts'
import { valueOf } from '../../../support/value-of.ts'

/** What each naming carries beside places: an instrument cannot be asked for what it does not write. */
interface Carries {
  readonly instrument: string
  readonly plate: boolean
  readonly promise: boolean
  readonly channelNames: boolean
  readonly pixelSize: boolean
  readonly position: boolean
  /** `scan` where only the beginning of the run is known, to the minute. */
  readonly takenAt: boolean | 'scan'
  readonly wavelengths: boolean
  readonly exposure: boolean
  readonly objective: boolean
}

const NAMES_ALONE: Omit<Carries, 'instrument'> = {
  plate: true,
  promise: false,
  channelNames: true,
  pixelSize: false,
  position: false,
  takenAt: false,
  wavelengths: false,
  exposure: false,
  objective: false,
}

const OME_ZARR: Carries = {
  ...NAMES_ALONE,
  instrument: 'ome-zarr',
  promise: true,
  pixelSize: true,
  position: true,
}

const CARRIED: Readonly<Record<string, Carries>> = {
  imagexpress: {
    ...NAMES_ALONE,
    instrument: 'imagexpress',
    promise: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    exposure: true,
    objective: true,
  },
  operetta: {
    instrument: 'operetta',
    plate: true,
    promise: true,
    channelNames: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    wavelengths: true,
    exposure: true,
    objective: true,
  },
  'imagexpress-hcs-ai': {
    ...NAMES_ALONE,
    instrument: 'imagexpress-hcs-ai',
    promise: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    wavelengths: true,
    exposure: true,
    objective: true,
  },
  'in-cell': {
    instrument: 'in-cell',
    plate: true,
    promise: true,
    channelNames: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    wavelengths: true,
    exposure: true,
    objective: true,
  },
  'scan-r': {
    ...NAMES_ALONE,
    instrument: 'scan-r',
    promise: true,
    pixelSize: true,
    position: true,
    exposure: true,
  },
  cytation: {
    ...NAMES_ALONE,
    instrument: 'cytation',
    pixelSize: true,
    takenAt: true,
    wavelengths: true,
    exposure: true,
    objective: true,
  },
  incucyte: {
    ...NAMES_ALONE,
    instrument: 'incucyte',
    // Vessels and channels are numbered.
    plate: false,
    channelNames: false,
    takenAt: 'scan',
  },
  'ome-zarr': OME_ZARR,
  'ome-zarr-0.5': OME_ZARR,
  'ome-tiff': {
    instrument: 'ome-tiff',
    plate: true,
    promise: true,
    channelNames: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    wavelengths: true,
    exposure: true,
    objective: true,
  },
  'micro-manager': {
    ...NAMES_ALONE,
    instrument: 'micro-manager',
    promise: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    exposure: true,
  },
  pattern: { ...NAMES_ALONE, instrument: 'pattern' },
  yokogawa: {
    instrument: 'yokogawa',
    plate: true,
    promise: true,
    channelNames: true,
    pixelSize: true,
    position: true,
    takenAt: true,
    wavelengths: true,
    exposure: true,
    objective: true,
  },
}

/** `pattern` is what no instrument writes: somebody says how to read it. */
const CHOSEN: Readonly<Record<string, string>> = {
  pattern: READS_PATTERN_NAMING,
}

const ORDER = { wells: 3, fields: 4, channels: 2 }

const scratch = mkdtempSync(join(tmpdir(), 'parfocal-namings-'))
let folders = 0
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

async function roundTrip(name: string, defects: Record<string, number>, again: readonly string[]) {
  const folder = join(scratch, String((folders += 1)))
  const written = await writeAcquisition({
    ...ORDER,
    folder,
    truthFolder: null,
    naming: NAMINGS[name]!,
    seed: 3,
    format: 96,
    width: 64,
    height: 48,
    defects,
    again,
    rate: null,
  })
  const survey = await surveyFolder(folder)
  const identified = await identifyAcquisitions(survey, CHOSEN[name] ?? 'auto', diskAccess())
  return { truth: valueOf(written).planes, found: valueOf(identified), survey }
}

function place(plane: PlaneFile | PlaneTruth, named: boolean): string {
  const { path, well, site, channel, z, t } = plane
  return `${path} ${well} ${site} ${named ? channel : ''} ${z} ${t}`
}

/** A time without an offset is that of the instrument's clock; the simulated one's is UTC. */
function instant(time: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`)
}

function whenTaken({ takenAt }: Carries, order: number): number | null {
  if (takenAt === 'scan') return instant(`${imagedAt(0).slice(0, 16)}:00`)
  return takenAt ? Date.parse(imagedAt(order)) : null
}

test('each naming says here what it carries', () => {
  expect(Object.keys(CARRIED).sort()).toEqual(Object.keys(NAMINGS).sort())
})

test.each(Object.keys(NAMINGS))('%s: every plane is found where it was put', async name => {
  const carries = CARRIED[name]!
  const { truth, found } = await roundTrip(name, {}, [])
  expect(found.faults).toEqual([])
  expect(found.unmatched).toEqual([])
  expect(found.acquisitions).toHaveLength(1)
  const [run] = found.acquisitions
  expect(run).toMatchObject({ instrument: carries.instrument })
  if (carries.plate) expect(run!.plate).toBe(truth[0]!.plate)
  const named = carries.channelNames
  expect(run!.planes.map(plane => place(plane, named)).sort()).toEqual(
    truth.map(plane => place(plane, named)).sort(),
  )
  expect(run!.planes.every(({ projection }) => !projection)).toBe(true)
  expect(run!.expected).toBe(carries.promise ? truth.length : null)
  expect(missingPlanes(run!)).toEqual([])
})

test.each(Object.keys(NAMINGS))('%s: what the index says is what was imaged', async name => {
  const carries = CARRIED[name]!
  const { truth, found } = await roundTrip(name, {}, [])
  const [run] = found.acquisitions
  const plate = { ...imagedPlate(ORDER), width: 64, height: 48 }
  for (const plane of run!.planes) {
    const { facts, well, site, path } = plane
    expect(facts?.pixelSize ?? null, path).toEqual(
      carries.pixelSize ? expect.closeTo(PLATE_OBJECTIVE.pixelSize, 6) : null,
    )
    const order = truth.findIndex(one => place(one, true) === place(plane, true))
    expect(facts?.takenAt ? instant(facts.takenAt) : null, path).toBe(whenTaken(carries, order))
    if (!carries.position) {
      expect(facts?.position ?? null, path).toBeNull()
      continue
    }
    // Instruments count from corners of their own: what is the same is how fields lie to each other.
    const first = run!.planes.find(other => other.well === well && other.site === 1)!
    const [here, origin] = [fieldPosition(plate, site!), fieldPosition(plate, 1)]
    expect(facts!.position!.x - first.facts!.position!.x, path).toBeCloseTo(here.x - origin.x, 2)
    expect(facts!.position!.y - first.facts!.position!.y, path).toBeCloseTo(here.y - origin.y, 2)
  }
  const said = new Map(run!.facts?.channels.map(channel => [channel.channel, channel]))
  for (const { name: channel, excitation, emission, exposure } of CHANNELS.slice(0, 2)) {
    if (carries.wavelengths) {
      expect(said.get(channel)?.excitation, channel).toBeCloseTo(excitation * 1000, 0)
      expect(said.get(channel)?.emission, channel).toBeCloseTo(emission * 1000, 0)
    }
    if (carries.exposure) expect(said.get(channel)?.exposure, channel).toBeCloseTo(exposure, 3)
  }
  if (carries.objective) {
    expect(run!.facts?.objective?.magnification).toBe(OBJECTIVE.magnification)
  }
})

test.each(Object.keys(NAMINGS))('%s: a plane that was lost is missed', async name => {
  const { truth, found } = await roundTrip(name, { missing: 0.2 }, [])
  const lost = truth.filter(({ defects }) => defects.includes('missing'))
  expect(lost.length).toBeGreaterThan(2)
  const [run] = found.acquisitions
  expect(run!.planes).toHaveLength(truth.length - lost.length)
  if (!CARRIED[name]!.promise) return
  const key = ({
    well,
    site,
    channel,
    z,
    t,
  }: Pick<PlaneTruth, 'z' | 't' | 'channel'> & { well: string | null; site: number | null }) =>
    `${well} ${site} ${channel} ${z} ${t}`
  expect(missingPlanes(run!).map(key).sort()).toEqual(lost.map(key).sort())
})

test.each(Object.keys(NAMINGS))(
  '%s: a plate that is imaged again is one plate of two runs',
  async name => {
    const { truth, found } = await roundTrip(name, {}, ['A02'])
    expect(found.unmatched).toEqual([])
    expect(found.acquisitions).toHaveLength(2)
    // Folders are in the order of their names, which may begin with anything.
    const second = found.acquisitions.find(({ folder }) => folder.startsWith('again'))
    const first = found.acquisitions.find(run => run !== second)
    expect(second!.plate).toBe(first!.plate)
    expect(second!.uniqueId).toBe(first!.uniqueId)
    expect(new Set(second!.planes.map(({ well }) => well))).toEqual(new Set(['A02']))
    expect(first!.planes.length + second!.planes.length).toBe(truth.length)
  },
)
