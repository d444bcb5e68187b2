import { describe, expect, test } from 'vitest'
import { INSTRUMENTS, instrumentName } from '#workstation/intake/instruments/registry.ts'
import type { SurveyedFile } from '#workstation/intake/survey-folder.ts'

/** Names that vendors' files have, in public data and scripts, and the instrument that they speak for first. */
const NAMES: readonly (readonly [id: string, path: string])[] = [
  ['imagexpress', '9987.HTD'],
  ['imagexpress', 'MetaData/9987.HTD'],
  ['imagexpress', '9987_B03_s1_w1.TIF'],
  ['imagexpress', 'TimePoint_1/ZStep_2/9987_k06_s1_w12667264a-6432-4f7e-bf58-625a1319a1c9.tif'],
  ['imagexpress-hcs-ai', 'run/run.mxprotocol'],
  ['imagexpress-hcs-ai', 'run/experiment/run.jdce'],
  ['imagexpress-hcs-ai', 'run/experiment/timepoint0/run_t0_C05_s0_w0_z0.tif'],
  ['operetta', 'BR00117035__2021-05-02T16_02_51-Measurement1/Images/Index.idx.xml'],
  [
    'operetta',
    'BR00117035__2021-05-02T16_02_51-Measurement1/Images/r01c01f01p01-ch1sk1fk1fl1.tiff',
  ],
  ['yokogawa', 'P1/MeasurementData.mlf'],
  ['yokogawa', 'P1/P1_B03_T0001F001L01A01Z01C01.tif'],
  ['yokogawa', 'P1/P1_AA10_T0001F001L01A01Z01C01.png'],
  ['in-cell', 'P1/P1.xdce'],
  ['in-cell', 'A - 01(fld 1 wv 390 - Blue).tif'],
  ['in-cell', 'Plate1_B - 01(fld 01 wv 390 - Blue).tif'],
  ['in-cell', 'F - 001(fld 01 wv TL-Brightfield - DAPI).tif'],
  ['in-cell', 'B - 02(fld 01 wv Blue - FITC - time 01 - 0 ms).tif'],
  ['cytation', 'A1_01_1_1_Phase Contrast_001.tif'],
  ['cytation', 'P24_01_1_9_DAPI_002.tif'],
  ['cytation', 'A1_1Z4_DAPI_1_003_.tif'],
  ['cytation', 'B2_1_Bright Field_1_001_02.tif'],
  ['cytation', 'H10_1_Stitched[AandB_Phase Contrast]_1_001_-1.tif'],
  ['incucyte', 'EssenFiles/ScanData/1905/03/1200/1248/A1-1-C1.tif'],
  ['incucyte', 'EssenFiles/ScanData/1905/03/1200/1248/B2-1-Ph.tif'],
  ['incucyte', 'exp_green_A1_1_00d00h00m.tif'],
  ['incucyte', 'exp_green_A1_1_2019y05m03d_12h00m.tif'],
  ['micro-manager', 'run_1/run_1_MMStack_Pos0.ome.tif'],
  ['micro-manager', 'run_1/run_1_MMStack_A1-Site_0.ome.tif'],
  ['micro-manager', 'run_1/run_1_MMStack_A1-Site_0_1.ome.tif'],
  ['micro-manager', 'run_1/run_1_MMStack_Default.ome.tif'],
  ['scan-r', 'run/experiment_descriptor.xml'],
  ['scan-r', 'run/data/--W00014--P00001--Z00000--T00000--405 nm #1.tif'],
  ['scan-r', 'run/data/B2--W00014--P00001--Z00000--T00000--DAPI.tif'],
  ['ome-tiff', 'plate.companion.ome'],
  ['ome-zarr', 'plate.zarr/.zattrs'],
]

/** Those that are asked later, where a name looks like theirs too. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  // run_t0_C05_s0_w0_z0 has a well, a site and a wave.
  'imagexpress-hcs-ai': ['imagexpress'],
  // Its images are OME-TIFFs.
  'micro-manager': ['ome-tiff'],
}

/** Of no instrument here; the vaguest may wonder about them. */
const STRANGERS = [
  'Plate000_WellB02_ChannelDAPI,CY5,CY3_Seq0000.nd2',
  '-B012--PO01--LO002--CO3--SL005--PX32500--PW0080--IN0020--TM281--X014580--Y011262--Z210710--T0000257564--WE00013.tif',
  'images/2019_BR00117035_Batch1/illum/BR00117035/BR00117035_IllumDNA.npy',
  'A172_Phase_A7_1_00d00h00m_1.tif',
  'experiment.xpt',
  'A1.tif',
  'note_t01.tif',
]

function surveyed(path: string): SurveyedFile {
  return { path, absolute: `/screen/${path}`, bytes: 1, modified: '1' }
}

/** Those that a file speaks for without doubt, as they are asked: by index first. */
function claimants(path: string): readonly string[] {
  const signs = INSTRUMENTS.flatMap(({ id, detect }) =>
    detect([surveyed(path)]).map(sign => ({ ...sign, id })),
  ).filter(({ sure }) => sure !== 'possible')
  return (['index', 'name'] as const).flatMap(way =>
    signs.filter(({ by }) => by === way).map(({ id }) => id),
  )
}

describe('names of one instrument', () => {
  const registered = new Set(INSTRUMENTS.map(({ id }) => id))
  const known = NAMES.filter(([id]) => registered.has(id))
  const unknown = NAMES.filter(([id]) => !registered.has(id))

  test.each(known)('%s is asked first for %s', (id, path) => {
    const [first, ...others] = claimants(path)
    expect(first).toBe(id)
    expect(others.filter(other => !ALSO[id]?.includes(other))).toEqual([])
  })

  test.each(known)('%s loses %s to no stranger in lower case', (id, path) => {
    const own = [id, ...(ALSO[id] ?? [])]
    expect(claimants(path.toLowerCase()).filter(one => !own.includes(one))).toEqual([])
  })

  test.runIf(unknown.length > 0).each(unknown)(
    'while there is no %s nobody takes %s',
    (_, path) => {
      expect(claimants(path)).toEqual([])
    },
  )

  test.each(STRANGERS)('nobody takes %s', path => {
    expect(claimants(path)).toEqual([])
  })
})

test('each is called by another name, and is found by its id', () => {
  const names = INSTRUMENTS.map(({ id }) => instrumentName(id))
  expect(names).toEqual(INSTRUMENTS.map(({ name }) => name))
  expect(new Set(names).size).toBe(INSTRUMENTS.length)
})

test('a way of naming has words too, and what is not known any more keeps its id', () => {
  const ids = ['map', 'loose', 'pattern', 'paper']
  expect(ids.map(instrumentName)).toEqual([
    'A table of files',
    'Loose images',
    'A pattern',
    'paper',
  ])
})
