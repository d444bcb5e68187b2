import { describe, expect, test } from 'vitest'
import { isHarmonyIndex, parseHarmonyIndex } from '#workstation/intake/instruments/harmony-index.ts'
import { harmonyXml, type ListedImage } from '../../../support/harmony-indexes.ts'
import { paperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

const PATH = '/screen/Index.idx.xml'

function parse(text: string | Uint8Array) {
  return parseHarmonyIndex(paperFolder({ 'Index.idx.xml': text }).access, PATH)
}

async function refusal(text: string): Promise<string> {
  const result = await parse(text)
  if (result.ok || result.fault.kind !== 'index-invalid') throw new Error('was read')
  return result.fault.detail
}

const FACTS = [
  '<ChannelName>DAPI</ChannelName>',
  '<ImageResolutionX Unit="m">2.9E-07</ImageResolutionX>',
  '<MainExcitationWavelength Unit="nm">375</MainExcitationWavelength>',
  '<MainEmissionWavelength Unit="nm">456</MainEmissionWavelength>',
  '<ObjectiveMagnification Unit="">40</ObjectiveMagnification>',
  '<ObjectiveNA Unit="">1.1</ObjectiveNA>',
  '<ExposureTime Unit="s">0.06</ExposureTime>',
].join('\n')
const DAPI = {
  name: 'DAPI',
  pixelSize: 0.29,
  excitation: 375,
  emission: 456,
  exposure: 60,
  magnification: 40,
  numericalAperture: 1.1,
  flatField: false,
}
const PLACE = [
  '<PositionX Unit="m">-0.00032</PositionX><PositionY Unit="m">0.00064</PositionY>',
  '<PositionZ Unit="m">-5E-06</PositionZ><AbsPositionZ Unit="m">0.135</AbsPositionZ>',
  '<AbsTime>2026-02-03T10:12:00.25+01:00</AbsTime>',
].join('\n')

describe('an index of Harmony', () => {
  test('says what the plate is and how each image was taken', async () => {
    const image: ListedImage = {
      row: 2,
      column: 3,
      site: 4,
      z: 5,
      time: 6,
      channel: 7,
      more: `${FACTS}${PLACE}`,
    }
    expect(valueOf(await parse(harmonyXml([image])))).toEqual({
      plate: 'Screen 7',
      plateId: 'BC0042',
      startedAt: '2026-02-03T10:11:12.5+01:00',
      format: { rows: 8, columns: 12 },
      channels: new Map([[7, DAPI]]),
      images: [
        {
          url: 'r02c03f04p05-ch7sk7fk1fl1.tiff',
          page: 0,
          well: 'B03',
          site: 4,
          z: 5,
          t: 7,
          channel: 7,
          x: -320,
          y: 640,
          focus: 135000,
          takenAt: '2026-02-03T10:12:00.25+01:00',
        },
      ],
    })
  })

  test('of version 6 and later keeps the facts of channels apart, in any of its maps', async () => {
    const maps = [
      '<Maps><Map><Entry ChannelID="2"><FlatfieldProfile>{Background: {Character: NonFlat}}</FlatfieldProfile></Entry>',
      '<Entry ChannelID="1"><FlatfieldProfile>{Background: {Character: Null}, Foreground: {Character: Flat}}</FlatfieldProfile></Entry></Map>',
      `<Map><Entry ChannelID="1">${FACTS}</Entry>`,
      '<Entry ChannelID="2"><ChannelName>GFP</ChannelName></Entry></Map></Maps>',
    ].join('')
    const space = '43B2A954-E3C3-47E1-B392-6635266B0DD3/HarmonyV7'
    const text = harmonyXml([{ channel: 1 }, { channel: 2 }], { maps, space })
    const { channels } = valueOf(await parse(text))
    expect(channels.get(1)).toEqual(DAPI)
    expect(channels.get(2)).toMatchObject({ name: 'GFP', pixelSize: null, flatField: true })
  })

  test('tells two channels of one name apart, and names those without a name', async () => {
    const more = '<ChannelName>DAPI</ChannelName>'
    const text = harmonyXml([{ channel: 2, more }, { channel: 1, more }, { channel: 3 }])
    const { channels } = valueOf(await parse(text))
    expect([...channels.values()].map(({ name }) => name)).toEqual(['DAPI', 'DAPI (ch2)', 'ch3'])
  })

  const V7 = '43B2A954-E3C3-47E1-B392-6635266B0DD3/HarmonyV7'

  test.each([
    ['version 5', 'http://www.perkinelmer.com/PEHH/HarmonyV5', [0, 1], ''],
    ['version 7', V7, [1, 2], ''],
    ['version 7, as names have it', V7, [1, 2], 'r01c01f01p01-ch1sk#fk1fl1.tiff'],
    ['no known version, as names have it', 'elsewhere', [1, 2], 'r01c01f01p01-ch1sk#fk1fl1.tiff'],
  ])('of %s says which time points are the first two', async (_, space, times, name) => {
    const images = times.map((time, i) => ({ url: name.replace('#', String(i + 1)), time }))
    const index = valueOf(await parse(harmonyXml(images, { space })))
    expect(index.images.map(({ t }) => t)).toEqual([1, 2])
  })

  test('of Columbus counts times from 1, leaves 0 to the folder, and has many images in a file', async () => {
    const space = 'http://www.perkinelmer.com/Columbus'
    const text = harmonyXml(
      [
        { url: '001001-1.tif', time: 2, page: 0 },
        { url: '001001-1.tif', time: 0, page: 3 },
      ],
      { space },
    )
    const { images } = valueOf(await parse(text))
    expect(images.map(({ t, page }) => [t, page])).toEqual([
      [2, 0],
      [null, 3],
    ])
  })

  test('has no barcode where the id of the plate is a GUID', async () => {
    const text = harmonyXml([{}], { plateId: '01234567-89AB-cdef-0123-456789abcdef' })
    expect(valueOf(await parse(text))).toMatchObject({ plate: 'Screen 7', plateId: null })
  })

  test('lists an image without a file where the instrument took none', async () => {
    const text = harmonyXml([{}]).replace(/<URL>.*<\/URL>/, '<URL />')
    expect(valueOf(await parse(text)).images).toMatchObject([{ url: '', well: 'A01' }])
  })
})

describe('what is no index', () => {
  test.each([
    ['one with another root', '<Plate />', 'begins with <Plate>'],
    ['one that ends in the middle', harmonyXml([{}, {}]).slice(0, -120), 'ends in the middle'],
    ['one with a document type', `<!DOCTYPE x [<!ENTITY e "e">]>${harmonyXml([{}])}`, 'document'],
    ['one without images', harmonyXml([]), 'no image'],
    ['an image outside of any plate', harmonyXml([{}, { row: 53 }]), 'image 2 has no well'],
    ['an image without a channel', harmonyXml([{ channel: -1 }]), 'image 1 has no well'],
    ['text', 'not XML', ''],
  ])('%s is refused', async (_, text, why) => {
    expect(await refusal(text)).toContain(why)
  })

  test('a file is known by its start', async () => {
    const other = '<?xml version="1.0"?><Index><EvaluationInputData/></Index>'
    const { access } = paperFolder({ 'a.xml': harmonyXml([{}]), 'b.xml': other })
    expect(await isHarmonyIndex(access, '/screen/a.xml')).toBe(true)
    expect(await isHarmonyIndex(access, '/screen/b.xml')).toBe(false)
    expect(await isHarmonyIndex(access, '/screen/none.xml')).toBe(false)
  })
})
