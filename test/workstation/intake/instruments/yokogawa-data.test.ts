import { describe, expect, test } from 'vitest'
import { parseMeasurementData, recordKey } from '#workstation/intake/instruments/yokogawa-data.ts'
import { focusFailure, mlfText } from '../../../support/cellvoyager-files.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

function parse(text: string) {
  const { access } = paperFolder({ 'MeasurementData.mlf': text })
  return parseMeasurementData(access, '/screen/MeasurementData.mlf')
}

describe('the list of a measurement', () => {
  test('says what each image is', async () => {
    const record = { row: 4, column: 8, site: 2, z: 3, t: 5, action: 6, channel: 7, x: -567.1 }
    const { planes } = valueOf(await parse(mlfText('P1', [{ ...record, y: 402.9 }])))
    expect([...planes]).toEqual([
      [
        'p1_d08_t0005f002l01a06z03c07',
        {
          well: 'D08',
          site: 2,
          z: 3,
          t: 5,
          timeline: 1,
          action: 6,
          channel: 7,
          projection: false,
          x: -567.1,
          y: 402.9,
          focus: 2,
          takenAt: '2026-02-03T10:11:12.500+01:00',
        },
      ],
    ])
  })

  test('counts as far as it is written', async () => {
    const text = mlfText('P1', [{ site: 1 }, { site: 2 }, { site: 3 }])
    const last = text.lastIndexOf('FieldIndex')
    for (const end of [last, last + 30, text.indexOf('</bts:MeasurementData>')]) {
      const { planes } = valueOf(await parse(text.slice(0, end)))
      expect(planes.size).toBe(end > last + 30 ? 3 : 2)
    }
    const begun = valueOf(await parse(mlfText('P1', []).slice(0, 160)))
    expect(begun).toEqual({ planes: new Map(), listed: [] })
  })

  test('lists projections as what they are', async () => {
    const processing = 'Maximum'
    const text = 'Projection\\W0029F0001T0001Z000C1.tif'
    const { planes, listed } = valueOf(await parse(mlfText('P1', [{ processing, text }])))
    expect([...planes.keys()]).toEqual(['projection/w0029f0001t0001z000c1'])
    expect([...planes.values()]).toMatchObject([{ projection: true, z: 0 }])
    expect(listed).toMatchObject([{ wells: ['A01'], z: [0], projection: true }])
  })

  test('promises what failed, and leaves out what is no image', async () => {
    const text = mlfText('P1', [{ site: 1 }, { site: 2, type: 'ERR' }, { site: 3, type: 'SF' }])
    const { planes, listed } = valueOf(await parse(text))
    expect(planes.size).toBe(1)
    expect(listed).toMatchObject([{ wells: ['A01'], sites: [1, 2] }])
  })

  test('a failed autofocus loses what other wells have at its place', async () => {
    const fields = [1, 2].flatMap(site =>
      [1, 2].map(channel => ({ site, x: site * 100, y: 7, channel, action: channel })),
    )
    const text = mlfText('P1', fields).replace(
      '</bts:MeasurementData>',
      `${focusFailure(3, 14, 200, 7)}${focusFailure(3, 15, 999, 7)}</bts:MeasurementData>`,
    )
    const { listed } = valueOf(await parse(text))
    expect(listed.map(({ wells, sites }) => ({ wells, sites }))).toEqual([
      { wells: ['A01'], sites: [1, 2] },
      { wells: ['C14'], sites: [2] },
    ])
  })

  test('an older one has the action in the names alone', async () => {
    const text = mlfText('P1', [{ action: 3 }]).replace(/ bts:ActionIndex="\d"/, '')
    const { planes } = valueOf(await parse(text))
    expect([...planes.values()]).toMatchObject([{ action: 3 }])
  })

  test('leads to no file outside of its folder', async () => {
    const texts = ['../../x.tif', '..\\x.tif', '/x.tif', 'C:\\x.tif']
    const records = texts.map((text, index) => ({ site: index + 1, text }))
    expect(valueOf(await parse(mlfText('P1', records))).planes.size).toBe(0)
  })

  test.each([
    ['another root', '<Other />', 'begins with <Other>'],
    ['a document type', `<!DOCTYPE x>${mlfText('P1', [{}]).slice(1)}`, 'document type'],
    ['an image without a place', mlfText('P1', [{}, { row: 77 }]), 'its record 2'],
  ])('with %s is refused', async (_, text, detail) => {
    const result = await parse(text)
    expect(result).toMatchObject({
      ok: false,
      fault: { kind: 'index-invalid', detail: expect.stringContaining(detail) },
    })
  })
})

test('images may be stored as PNG where the list says TIFF', () => {
  expect(recordKey('a/P1_B03.PNG')).toBe(recordKey('A/p1_b03.tif'))
})
