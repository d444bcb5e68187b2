import { describe, expect, test } from 'vitest'
import { blockSize } from '#workstation/intake/acquisition.ts'
import { parseMeasurementData } from '#workstation/intake/instruments/yokogawa-data.ts'
import { parseMeasurementDetail } from '#workstation/intake/instruments/yokogawa-detail.ts'
import {
  nameChannels,
  planOf,
  promisedPlanes,
} from '#workstation/intake/instruments/yokogawa-promise.ts'
import { parseMeasurementSettings } from '#workstation/intake/instruments/yokogawa-settings.ts'
import {
  mesText,
  mlfText,
  mrfText,
  timelineText,
  type DrawnAction,
  type ListedRecord,
} from '../../../support/cellvoyager-files.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

const WELLS = [
  [2, 3],
  [4, 5],
] as const
const STACK: DrawnAction = { channels: [1], range: [-5, 5], interval: 3 }

async function read(mes: string, mrf: string, records: readonly ListedRecord[] = []) {
  const { access } = paperFolder({ mes, mrf, mlf: mlfText('P1', records) })
  const settings = valueOf(await parseMeasurementSettings(access, '/screen/mes'))
  const detail = valueOf(await parseMeasurementDetail(access, '/screen/mrf'))
  const data = valueOf(await parseMeasurementData(access, '/screen/mlf'))
  const plan = planOf(settings, detail, '/screen/mes')
  return { plan, promised: promisedPlanes(valueOf(plan), data, nameChannels(settings)) }
}

describe('what a CellVoyager was told to image', () => {
  test('is each action at each time in each field of each well', async () => {
    const mes = mesText([timelineText(WELLS, 3, [STACK, { channels: [2] }])])
    const { promised } = await read(mes, mrfText({ fields: 3, steps: 4, times: 2 }))
    const shared = { wells: ['B03', 'D05'], sites: [1, 2, 3], t: [1, 2] }
    expect(promised).toEqual([
      { ...shared, channels: [{ wave: 1, name: 'Nuclei' }], z: [1, 2, 3, 4] },
      { ...shared, channels: [{ wave: 2, name: 'Actin' }], z: [1] },
    ])
  })

  test.each([
    [4, 'a CV8000 stops below the end of the range'],
    [5, 'a CQ3K goes beyond it'],
  ])('has %i steps where the detail says so: %s', async steps => {
    const { promised } = await read(mesText([timelineText(WELLS, 1, [STACK])]), mrfText({ steps }))
    expect(promised!.map(({ z }) => z.length)).toEqual([steps])
  })

  test('a range of tenths has as many steps as it says', async () => {
    const action = { channels: [1], range: [-0.3, 0.3] as const, interval: 0.1 }
    const mes = mesText([timelineText(WELLS, 1, [action])])
    const { promised } = await read(mes, mrfText({ steps: 7 }))
    expect(promised!.map(({ z }) => z.length)).toEqual([7])
  })

  const one = timelineText(WELLS, 1, [{ channels: [1] }])
  test.each([
    ['there are two timelines', mesText([one, one]), mrfText()],
    ['fields are counted otherwise', mesText([one]), mrfText({ fields: 2 })],
    ['steps are counted otherwise', mesText([one]), mrfText({ steps: 2 })],
    [
      'steps are projected',
      mesText([timelineText(WELLS, 1, [{ ...STACK, more: 'bts:ImageProcessing="Maximum"' }])]),
      mrfText({ steps: 4 }),
    ],
    [
      'an action is of an unknown kind',
      mesText([timelineText(WELLS, 1, [{ channels: [1], kind: 'ActionSoftFocus' }])]),
      mrfText(),
    ],
    ['no well is listed', mesText([timelineText([], 1, [{ channels: [1] }])]), mrfText()],
    [
      'fields are areas',
      mesText([
        one.replace(/<bts:FixedPosition>.*<\/bts:FixedPosition>/s, '<bts:PartialTiledPosition/>'),
      ]),
      mrfText(),
    ],
    [
      'a step is nothing',
      mesText([timelineText(WELLS, 1, [{ ...STACK, interval: 1e-9 }])]),
      mrfText({ steps: 4 }),
    ],
  ])('is what the list says where %s', async (_, mes, mrf) => {
    const records = [
      { row: 2, column: 3 },
      { row: 2, column: 3, site: 2, type: 'ERR' as const },
    ]
    const listed = await read(mes, mrf, records)
    expect(listed.plan).toEqual({ ok: true, value: null })
    expect(listed.promised).toMatchObject([{ wells: ['B03'], sites: [1, 2] }])
    expect((await read(mes, mrf)).promised).toBeNull()
  })

  test.each<[string, ListedRecord]>([
    ['another well', { row: 1, column: 1 }],
    ['another field', { row: 2, column: 3, site: 2 }],
    ['another step', { row: 2, column: 3, z: 2 }],
    ['another time', { row: 2, column: 3, t: 2 }],
    ['another action', { row: 2, column: 3, action: 2 }],
    ['another channel', { row: 2, column: 3, channel: 2 }],
  ])('is what the list says where that has %s', async (_, record) => {
    const { promised } = await read(mesText([one]), mrfText(), [record])
    expect(promised!.map(blockSize)).toEqual([1])
  })

  test('is the plan while the list agrees with it', async () => {
    const { promised } = await read(mesText([one]), mrfText(), [{ row: 2, column: 3 }])
    expect(promised!.map(blockSize)).toEqual([2])
  })

  test('is no more than any microscope can image', async () => {
    const { access } = paperFolder({ mes: mesText([one]), mrf: mrfText({ times: 500_000_000 }) })
    const settings = valueOf(await parseMeasurementSettings(access, '/screen/mes'))
    const detail = valueOf(await parseMeasurementDetail(access, '/screen/mrf'))
    expect(planOf(settings, detail, '/screen/mes')).toMatchObject({
      ok: false,
      fault: { kind: 'index-invalid', path: '/screen/mes' },
    })
  })
})

describe('the channels of a CellVoyager', () => {
  async function names(
    actions: readonly DrawnAction[],
    targets?: readonly [string, string],
  ): Promise<readonly string[]> {
    const { access } = paperFolder({ mes: mesText([timelineText(WELLS, 1, actions)], targets) })
    const settings = valueOf(await parseMeasurementSettings(access, '/screen/mes'))
    const nameChannel = nameChannels(settings)
    return actions.flatMap(({ channels }, index) =>
      channels.map(channel => nameChannel(index + 1, channel).name),
    )
  }

  test('bear their targets', async () => {
    expect(await names([{ channels: [1, 2] }])).toEqual(['Nuclei', 'Actin'])
  })

  test('bear their fluorophores where no target is set, and else their labels', async () => {
    expect(await names([{ channels: [1] }, { channels: [2, 3] }], ['', ''])).toEqual([
      'Hoechst',
      'A02C02',
      'A02C03',
    ])
  })

  test('are two where two actions image one of them', async () => {
    expect(await names([{ channels: [1] }, { channels: [1, 2] }])).toEqual([
      'Nuclei (A01C01)',
      'Nuclei (A02C01)',
      'Actin',
    ])
  })

  test('are told apart where two have one target', async () => {
    expect(await names([{ channels: [1, 2] }], ['488', '488'])).toEqual(['488', '488 (C02)'])
  })

  test('bear their labels where there are no settings', () => {
    expect(nameChannels(null)(3, 12)).toEqual({ wave: 12, name: 'A03C12' })
  })
})
