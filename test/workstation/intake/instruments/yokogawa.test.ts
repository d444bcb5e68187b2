import { describe, expect, test } from 'vitest'
import { expectedByWell, missingPlanes } from '#workstation/intake/expected-planes.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { yokogawa } from '#workstation/intake/instruments/yokogawa.ts'
import {
  cellvoyagerName,
  mesText,
  mlfText,
  mrfText,
  timelineText,
  wpiText,
  type ListedRecord,
} from '../../../support/cellvoyager-files.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify(contents: Readonly<Record<string, string>>) {
  const { survey, access } = paperFolder(contents)
  return valueOf(await identifyAcquisitions(survey, 'auto', access))
}

/** Two wells, two fields, two channels: the second in a stack of two steps. */
const RECORDS: readonly ListedRecord[] = [
  [2, 3],
  [4, 5],
].flatMap(([row, column]) =>
  [1, 2].flatMap(site =>
    [
      { action: 1, channel: 1, z: 1 },
      { action: 2, channel: 2, z: 1 },
      { action: 2, channel: 2, z: 2 },
    ].map(plane => ({ row: row!, column: column!, site, x: site * 100, y: -50, ...plane })),
  ),
)

const MES = mesText([
  timelineText(
    [
      [2, 3],
      [4, 5],
    ],
    2,
    [{ channels: [1] }, { channels: [2], range: [0, 3], interval: 3 }],
  ),
])

const INDEX: Readonly<Record<string, string>> = {
  'run/MeasurementData.mlf': mlfText('P1', RECORDS),
  'run/MeasurementDetail.mrf': mrfText({ fields: 2, steps: 2 }),
  'run/set.mes': MES,
  'run/P1.wpi': wpiText('BC0042'),
  'run/Plate_#1.wpp': '<bts:WellPlateProduct/>',
  'run/SC_1.tif': '',
  'run/DC_1.tif': '',
  'run/geometry_parameter.xml': '',
}

function drawn(records: readonly ListedRecord[], folder = 'run'): Record<string, string> {
  return Object.fromEntries(records.map(one => [`${folder}/${cellvoyagerName('P1', one)}`, '']))
}

function without(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(INDEX).filter(([path]) => !names.includes(path.slice(4))),
  )
}

describe('a plate of a CellVoyager', () => {
  test('is read by its list, and promised by its settings', async () => {
    const { acquisitions, unmatched, faults, signs } = await identify({
      ...INDEX,
      ...drawn(RECORDS.slice(1)),
      'run/notes.txt': '',
    })
    expect({ unmatched, faults }).toEqual({ unmatched: ['run/notes.txt'], faults: [] })
    const own = signs.filter(({ instrument }) => instrument === 'yokogawa')
    expect(own).toMatchObject([
      { by: 'index', sure: 'certain' },
      { by: 'name', sure: 'likely' },
    ])
    expect(acquisitions).toMatchObject([
      {
        plate: 'BC0042',
        uniqueId: null,
        folder: 'run',
        instrument: 'yokogawa',
        namedBy: 'index',
        format: { rows: 8, columns: 12 },
        expected: 12,
        channels: [
          { wave: 1, name: 'Nuclei' },
          { wave: 2, name: 'Actin' },
        ],
        planes: { length: 11 },
        ignored: { length: 8 },
      },
    ])
    const [run] = acquisitions
    expect(missingPlanes(run!)).toMatchObject([{ well: 'B03', site: 1, channel: 'Nuclei', z: 1 }])
    expect(run!.planes[0]!.facts).toEqual({
      pixelSize: 0.5,
      position: { x: 100, y: 50, z: 0 },
      takenAt: '2026-02-03T10:11:12.500+01:00',
    })
    expect(run!.facts).toEqual({
      startedAt: '2026-02-03T10:11:00+01:00',
      objective: { name: '20x v2', magnification: 20, numericalAperture: null },
      channels: [
        {
          channel: 'Nuclei',
          excitation: 405,
          emission: 445,
          exposure: 100,
          flatField: 'run/SC_1.tif',
        },
        {
          channel: 'Actin',
          excitation: null,
          emission: null,
          exposure: 250,
          flatField: 'run/SC_1.tif',
        },
      ],
    })
  })

  test('is the same plate of the same channels while its list lags behind', async () => {
    const texts = ['', mlfText('P1', RECORDS.slice(0, 3)).slice(0, -40)]
    for (const text of texts) {
      const { acquisitions, faults, unmatched } = await identify({
        ...INDEX,
        ...drawn(RECORDS.slice(0, 6)),
        'run/MeasurementData.mlf': text,
      })
      expect({ faults, unmatched }).toEqual({ faults: [], unmatched: [] })
      expect(acquisitions).toMatchObject([
        { plate: 'BC0042', namedBy: 'index', expected: 12, planes: { length: 6 } },
      ])
      expect(acquisitions[0]!.planes.at(-1)!.facts).toEqual({
        pixelSize: 0.5,
        position: null,
        takenAt: null,
      })
      expect(new Set(acquisitions[0]!.planes.map(({ channel }) => channel))).toEqual(
        new Set(['Nuclei', 'Actin']),
      )
    }
    expect(yokogawa.growingIndex?.('run/MeasurementData.mlf')).toBe(true)
    expect(yokogawa.growingIndex?.('run/MeasurementDetail.mrf')).toBe(false)
  })

  test('is known whatever the case of its names, and as PNG', async () => {
    const files = Object.keys(drawn(RECORDS)).map(path => path.replace('.tif', '.PNG'))
    const { acquisitions, unmatched } = await identify({
      ...without('MeasurementData.mlf', 'MeasurementDetail.mrf'),
      ...Object.fromEntries(files.map(path => [path, ''])),
      'run/MEASUREMENTDATA.MLF': INDEX['run/MeasurementData.mlf']!,
      'run/measurementdetail.mrf': INDEX['run/MeasurementDetail.mrf']!,
    })
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([{ expected: 12, planes: { length: 12 } }])
    expect(missingPlanes(acquisitions[0]!)).toEqual([])
  })

  test('is promised by its list alone where there are no settings', async () => {
    const lost: ListedRecord = { row: 4, column: 5, site: 3, type: 'ERR' }
    const { acquisitions } = await identify({
      ...without('set.mes'),
      'run/MeasurementData.mlf': mlfText('P1', [...RECORDS, lost]),
      ...drawn(RECORDS),
    })
    const [run] = acquisitions
    expect(run).toMatchObject({ expected: 13, planes: { length: 12 } })
    expect([...expectedByWell(run!.promised!)]).toEqual([
      ['B03', 6],
      ['D05', 7],
    ])
    expect(missingPlanes(run!)).toMatchObject([{ well: 'D05', site: 3, channel: 'A01C01' }])
  })

  test('two actions of one channel are two channels, and a projection is one', async () => {
    const records: readonly ListedRecord[] = [
      { action: 1 },
      { action: 2 },
      { action: 2, site: 2, processing: 'Maximum', text: 'P1_A01_T0001F002L01A02ZXXC01.tif' },
    ]
    const mes = mesText([timelineText([[1, 1]], 1, [{ channels: [1] }, { channels: [1] }])])
    const { acquisitions } = await identify({
      ...INDEX,
      ...drawn(records.slice(0, 2)),
      'run/P1_A01_T0001F002L01A02ZXXC01.tif': '',
      'run/set.mes': mes,
      'run/MeasurementDetail.mrf': mrfText(),
      'run/MeasurementData.mlf': mlfText('P1', records),
    })
    // The settings do not say that anything is projected: the list is the promise.
    expect(acquisitions).toMatchObject([{ expected: 3, faults: [] }])
    expect(
      acquisitions[0]!.planes.map(({ channel, z, projection }) => [channel, z, projection]),
    ).toEqual([
      ['Nuclei (A01C01)', 1, false],
      ['Nuclei (A02C01)', 1, false],
      ['Nuclei (A02C01)', 0, true],
    ])
  })
})

describe('a CQ1', () => {
  test('counts its wells row by row', async () => {
    const { acquisitions, unmatched } = await identify({
      ...without('MeasurementData.mlf'),
      'run/Image/W0029F0001T0001Z001C1.tif': '',
      'run/Projection/W0069F0001T0001Z000C1.tif': '',
      'run/Image/W0097F0001T0001Z001C1.tif': '',
    })
    expect(unmatched).toEqual(['run/Image/W0097F0001T0001Z001C1.tif'])
    expect(acquisitions[0]!.planes).toMatchObject([
      { well: 'C05', site: 1, z: 1, projection: false },
      { well: 'F09', site: 1, z: 0, projection: true },
    ])
  })

  test('that keeps projections alone is to bring those that it lists', async () => {
    const projections = [
      [3, 5, 'W0029F0001T0001Z000C1'],
      [6, 9, 'W0069F0001T0001Z000C1'],
    ].map(([row, column, name]): ListedRecord & { readonly text: string } => ({
      row: Number(row),
      column: Number(column),
      processing: 'Maximum',
      text: `Projection/${name}.tif`,
    }))
    const wells = projections.map(({ row, column }) => [row!, column!] as const)
    const more = 'bts:ImageProcessing="Maximum"'
    const mes = mesText([timelineText(wells, 1, [{ channels: [1], range: [-4, 4], more }])])
    const { acquisitions } = await identify({
      'run/MeasurementData.mlf': mlfText('P1', projections),
      'run/MeasurementDetail.mrf': mrfText(),
      'run/set.mes': mes,
      'run/Projection/W0029F0001T0001Z000C1.tif': '',
    })
    expect(acquisitions).toMatchObject([{ expected: 2, planes: [{ well: 'C05' }] }])
    expect(missingPlanes(acquisitions[0]!)).toEqual([
      { well: 'F09', site: 1, channel: 'Nuclei', wave: 1, z: 0, t: 1, projection: true },
    ])
  })

  test('is not guessed at without the size of its plate', async () => {
    const { acquisitions, unmatched } = await identify({ 'W1F001T0001Z01C1.tif': '' })
    expect({ acquisitions, unmatched }).toEqual({
      acquisitions: [],
      unmatched: ['W1F001T0001Z01C1.tif'],
    })
  })
})

describe('names alone', () => {
  test('tell plate, well, time, field, action, step and channel', async () => {
    const record = { row: 2, column: 3, t: 4, site: 5, action: 6, z: 7, channel: 8 }
    const { acquisitions } = await identify(drawn([record]))
    expect(acquisitions).toMatchObject([
      {
        plate: 'P1',
        folder: 'run',
        instrument: 'yokogawa',
        namedBy: 'name',
        expected: null,
        planes: [{ well: 'B03', site: 5, channel: 'A06C08', wave: 8, z: 7, t: 4 }],
      },
    ])
  })

  test.each(['P1_B03_TXXXXF001L01A01Z01C01.tif', 'P1_B03_T0001FXXXL01A01Z01C01.tif'])(
    '%s is of no time or no field',
    async name => {
      expect((await identify({ [name]: '' })).unmatched).toEqual([name])
    },
  )
})

describe('an index that cannot be used', () => {
  const { 'run/MeasurementData.mlf': mlf, 'run/MeasurementDetail.mrf': mrf } = INDEX

  test('leaves the names where it is the list', async () => {
    const { acquisitions, faults } = await identify({
      ...drawn(RECORDS),
      'run/MeasurementData.mlf': `<!DOCTYPE x>${mlf!.slice(1)}`,
      'run/MeasurementDetail.mrf': mrf!,
    })
    expect(faults).toMatchObject([
      { kind: 'index-invalid', path: '/screen/run/MeasurementData.mlf' },
    ])
    expect(acquisitions).toMatchObject([{ namedBy: 'name', plate: 'P1', planes: { length: 12 } }])
  })

  test.each([
    ['the settings', 'set.mes', MES.slice(0, -30)],
    ['settings of something else', 'set.mes', '<Other />'],
    ['the plate', 'P1.wpi', '<!DOCTYPE x><WellPlate />'],
    ['the detail', 'MeasurementDetail.mrf', mrf!.slice(0, -5)],
  ])('is at fault, and the list counts: %s', async (_, name, text) => {
    const { acquisitions, faults, unmatched } = await identify({
      ...INDEX,
      ...drawn(RECORDS),
      [`run/${name}`]: text,
    })
    expect(faults).toMatchObject([{ kind: 'index-invalid', path: `/screen/run/${name}` }])
    expect(unmatched).toEqual([])
    expect(acquisitions).toMatchObject([{ namedBy: 'index', expected: 12, planes: { length: 12 } }])
  })

  test('may name no settings outside of its folder, and none that promise the earth', async () => {
    const outside = await identify({
      ...without('set.mes'),
      'set.mes': MES,
      'run/MeasurementDetail.mrf': mrfText({ mes: '..\\set.mes', fields: 2, steps: 2 }),
      ...drawn(RECORDS),
    })
    expect(outside.acquisitions[0]!.channels[0]!.name).toBe('A01C01')
    const most = await identify({
      ...INDEX,
      'run/MeasurementDetail.mrf': mrfText({ fields: 2, steps: 2, times: 100_000_000 }),
    })
    expect(most.faults).toMatchObject([{ kind: 'index-invalid', path: '/screen/run/set.mes' }])
    expect(most.acquisitions).toMatchObject([{ expected: 12 }])
  })
})
