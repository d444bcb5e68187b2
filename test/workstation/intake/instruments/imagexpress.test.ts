import { describe, expect, test } from 'vitest'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Acquisition } from '#workstation/intake/acquisition.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { imagexpress } from '#workstation/intake/instruments/imagexpress.ts'
import { htdText, paperFiles, paperFolder, type PaperFolder } from '../../../support/surveys.ts'
import { valueOf } from '../../../support/value-of.ts'

async function identify({ survey, access }: PaperFolder, naming = 'auto') {
  return valueOf(await identifyAcquisitions(survey, naming, access))
}

const placesOf = ({ planes }: Acquisition) =>
  planes.map(
    ({ path, well, site, channel, z, t, projection }) =>
      `${path}: ${well} s${site} ${channel} z${z} t${t}${projection ? ' projection' : ''}`,
  )

const index = htdText({ wells: ['A01'], sites: [2, 1], waves: ['DAPI', 'FITC'], uniqueId: 'p1' })

describe('an ImageXpress run with its index', () => {
  test('takes channels and expected planes from the index', async () => {
    const { acquisitions, unmatched, signs } = await identify(
      paperFolder({ 'P.HTD': index, 'P_A01_s1_w1.TIF': '', 'P_a01_s2_w2.TIF': '' }),
    )
    expect(acquisitions).toHaveLength(1)
    const [run] = acquisitions
    expect(run).toMatchObject({
      plate: 'P',
      uniqueId: 'p1',
      folder: '',
      instrument: 'imagexpress',
      namedBy: 'index',
      expected: 4,
      channels: [
        { wave: 1, name: 'DAPI' },
        { wave: 2, name: 'FITC' },
      ],
      ignored: ['P.HTD'],
    })
    expect(placesOf(run!)).toEqual([
      'P_A01_s1_w1.TIF: A01 s1 DAPI z1 t1',
      'P_a01_s2_w2.TIF: A01 s2 FITC z1 t1',
    ])
    expect(unmatched).toEqual([])
    expect(signs[0]).toEqual({
      instrument: 'imagexpress',
      by: 'index',
      sure: 'certain',
      why: 'the index P.HTD',
      claimed: 2,
      of: 2,
    })
  })

  test('promises its planes before the first has arrived', async () => {
    const { acquisitions } = await identify(paperFolder({ 'P.HTD': index }))
    expect(acquisitions[0]).toMatchObject({ expected: 4, planes: [], channels: { length: 2 } })
  })

  test('counts copies of the index in subfolders as one', async () => {
    const { acquisitions } = await identify(
      paperFolder({
        'P.HTD': index,
        'TimePoint_1/P.HTD': index,
        'TimePoint_1/P_A01_s1_w1.TIF': '',
      }),
    )
    expect(acquisitions).toHaveLength(1)
    expect(acquisitions[0]!.ignored).toEqual(['P.HTD', 'TimePoint_1/P.HTD'])
  })

  test('finds the index in a folder of its own', async () => {
    const { acquisitions } = await identify(
      paperFolder({ 'r/MetaData/P.HTD': index, 'r/P_A01_s1_w1.TIF': '' }),
    )
    expect(acquisitions).toMatchObject([{ folder: 'r', namedBy: 'index', planes: { length: 1 } }])
  })

  test('says which copy of the index names another plate', async () => {
    const other = htdText({ wells: ['A01'], uniqueId: 'p2' })
    const { acquisitions, faults } = await identify(
      paperFolder({ 'P.HTD': index, 'TimePoint_1/P.HTD': other }),
    )
    expect(acquisitions).toMatchObject([{ uniqueId: 'p1', ignored: ['P.HTD'] }])
    expect(faults).toEqual([
      {
        kind: 'index-invalid',
        path: '/screen/TimePoint_1/P.HTD',
        detail: 'it names another plate than P.HTD, which was used',
      },
    ])
  })

  test('keeps two plates of one name apart by folder and identifier', async () => {
    const { acquisitions } = await identify(
      paperFolder({
        'first/P.HTD': index,
        'first/P_A01_s1_w1.TIF': '',
        'second/P.HTD': index.replace('p1', 'p2'),
        'second/P_A01_s1_w1.TIF': '',
      }),
    )
    expect(acquisitions).toMatchObject([
      { plate: 'P', folder: 'first', uniqueId: 'p1', planes: { length: 1 } },
      { plate: 'P', folder: 'second', uniqueId: 'p2', planes: { length: 1 } },
    ])
  })

  test('keeps two plates in one folder apart by their names', async () => {
    const { acquisitions } = await identify(
      paperFolder({
        'P.HTD': index,
        'Q.HTD': index.replace('p1', 'q1'),
        'P_A01_s1_w1.TIF': '',
        'Q_A01_s1_w1.TIF': '',
        'Q_A01_s2_w1.TIF': '',
      }),
    )
    expect(acquisitions.map(({ plate, planes }) => [plate, planes.length])).toEqual([
      ['P', 1],
      ['Q', 2],
    ])
  })

  test('names its images by the only index beside them, even if that was renamed', async () => {
    const { acquisitions } = await identify(
      paperFolder({ 'renamed.HTD': index, 'P_A01_s1_w1.TIF': '', 'P_A01_s2_w1.TIF': '' }),
    )
    expect(acquisitions).toMatchObject([{ plate: 'renamed', planes: { length: 2 } }])
  })

  test('goes by names when the index is damaged, and says so', async () => {
    const { acquisitions, faults, unmatched } = await identify(
      paperFolder({ 'P.HTD': 'garbage', 'P_A01_s1_w1.TIF': '' }),
    )
    expect(acquisitions).toMatchObject([{ namedBy: 'name', expected: null, ignored: [] }])
    expect(faults).toMatchObject([{ kind: 'index-invalid', path: '/screen/P.HTD' }])
    expect(unmatched).toEqual([])
  })

  test('takes a bare well for an image, since the index speaks for it', async () => {
    const single = htdText({ wells: ['B02'] })
    const { acquisitions } = await identify(
      paperFolder({ 'P.HTD': single, 'TimePoint_1/P_B02.TIF': '' }),
    )
    expect(placesOf(acquisitions[0]!)).toEqual(['TimePoint_1/P_B02.TIF: B02 s1 DAPI z1 t1'])
  })

  test('reads more than nine waves', async () => {
    const waves = Array.from({ length: 11 }, (_, wave) => `dye ${wave + 1}`)
    const { acquisitions } = await identify(
      paperFolder({
        'P.HTD': htdText({ wells: ['A01'], waves }),
        'P_A01_w1.TIF': '',
        'P_A01_w11.TIF': '',
      }),
    )
    expect(placesOf(acquisitions[0]!)).toEqual([
      'P_A01_w1.TIF: A01 s1 dye 1 z1 t1',
      'P_A01_w11.TIF: A01 s1 dye 11 z1 t1',
    ])
  })
})

describe('a stack', () => {
  test('has its projections in ZStep_0 and its planes in the steps', async () => {
    const { acquisitions } = await identify(
      paperFolder({
        'P.HTD': htdText({ wells: ['A01'], zSteps: 2 }),
        'TimePoint_1/ZStep_0/P_A01.TIF': '',
        'TimePoint_1/ZStep_1/P_A01.TIF': '',
        'TimePoint_1/ZStep_2/P_A01.TIF': '',
      }),
    )
    expect(placesOf(acquisitions[0]!)).toEqual([
      'TimePoint_1/ZStep_0/P_A01.TIF: A01 s1 DAPI z0 t1 projection',
      'TimePoint_1/ZStep_1/P_A01.TIF: A01 s1 DAPI z1 t1',
      'TimePoint_1/ZStep_2/P_A01.TIF: A01 s1 DAPI z2 t1',
    ])
    expect(acquisitions[0]!.expected).toBe(2)
  })

  test('may have its projections above the steps', async () => {
    const { acquisitions } = await identify(
      paperFiles('P_A01_w1.tif', 'ZStep_1/P_A01_w1.tif', 'ZStep_2/P_A01_w1.tif'),
    )
    expect(placesOf(acquisitions[0]!)).toEqual([
      'P_A01_w1.tif: A01 s1 w1 z0 t1 projection',
      'ZStep_1/P_A01_w1.tif: A01 s1 w1 z1 t1',
      'ZStep_2/P_A01_w1.tif: A01 s1 w1 z2 t1',
    ])
  })

  test('of which only projections were kept is known by its index', async () => {
    const { acquisitions } = await identify(
      paperFolder({ 'P.HTD': htdText({ wells: ['A01'], zSteps: 5 }), 'P_A01.TIF': '' }),
    )
    expect(acquisitions[0]!.planes).toMatchObject([{ z: 0, projection: true }])
  })
})

describe('a file of several pages', () => {
  test('is a stack, and a file of one image beside it is at the first step', async () => {
    const folder = paperFolder(
      { 'P_A01_s1_w1.TIF': '', 'P_A01_s1_w2.TIF': '' },
      { 'P_A01_s1_w1.TIF': 2 },
    )
    const { acquisitions, faults } = await identify(folder)
    expect(placesOf(acquisitions[0]!)).toEqual([
      'P_A01_s1_w1.TIF: A01 s1 w1 z1 t1',
      'P_A01_s1_w1.TIF: A01 s1 w1 z2 t1',
      'P_A01_s1_w2.TIF: A01 s1 w2 z1 t1',
    ])
    expect(acquisitions[0]!.planes.map(({ page }) => page)).toEqual([0, 1, 0])
    expect(faults).toEqual([])
  })

  test('holds the steps that the index promises; one image is their projection', async () => {
    const steps = htdText({ wells: ['A01'], waves: ['DAPI', 'FITC'], zSteps: 2 })
    const files = { 'P.HTD': steps, 'P_A01_w1.TIF': '', 'P_A01_w2.TIF': '' }
    const { acquisitions } = await identify(paperFolder(files, { 'P_A01_w1.TIF': 2 }))
    expect(placesOf(acquisitions[0]!)).toEqual([
      'P_A01_w1.TIF: A01 s1 DAPI z1 t1',
      'P_A01_w1.TIF: A01 s1 DAPI z2 t1',
      'P_A01_w2.TIF: A01 s1 FITC z0 t1 projection',
    ])
  })

  test('is at fault in the folder of one step', async () => {
    const path = 'P/ZStep_1/P_A01_s1_w1.TIF'
    const { acquisitions, faults, unmatched } = await identify(
      paperFolder({ [path]: '' }, { [path]: 3 }),
    )
    expect(acquisitions).toEqual([])
    expect(faults).toMatchObject([{ kind: 'pages-unnamed', path: `/screen/${path}` }])
    expect(unmatched).toEqual([])
  })
})

describe('an ImageXpress run without an index', () => {
  test('is read from its names', async () => {
    const { acquisitions, unmatched } = await identify(
      paperFiles(
        'day/TimePoint_1/P_A01_s1_w1.tif',
        'day/TimePoint_1/P_A01_s1_w1_thumb.tif',
        'day/TimePoint_2/P_A01_s1_w1.tif',
      ),
    )
    expect(acquisitions).toMatchObject([
      {
        plate: 'P',
        folder: 'day',
        uniqueId: null,
        namedBy: 'name',
        promised: null,
        expected: null,
        channels: [{ wave: 1, name: 'w1' }],
        ignored: ['day/TimePoint_1/P_A01_s1_w1_thumb.tif'],
      },
    ])
    expect(acquisitions[0]!.planes.map(({ t }) => t)).toEqual([1, 2])
    expect(unmatched).toEqual([])
  })

  test('is named after its folder when the names begin with the well', async () => {
    const { acquisitions } = await identify(paperFiles('plate 7/A01_w1.tif', 'A01_w1.tif'))
    expect(acquisitions.map(({ plate }) => plate)).toEqual(['screen', 'plate 7'])
  })

  test('is not guessed from wells alone, but taken when somebody says so', async () => {
    const folder = paperFiles('note_t01.tif', 'note_t02.tif')
    expect((await identify(folder)).unmatched).toEqual(['note_t01.tif', 'note_t02.tif'])
    const { acquisitions } = await identify(folder, 'imagexpress')
    expect(acquisitions[0]!.planes.map(({ well }) => well)).toEqual(['T01', 'T02'])
  })

  test('holds a plane once: of two files that claim it the first by path has it', async () => {
    const { acquisitions, faults, unmatched } = await identify(
      paperFiles('P_A01_s1_w1.TIF', 'P_A01_s1_w1.tif', 'P_a01_s1_w1.tif'),
    )
    expect(acquisitions[0]!.planes.map(({ path }) => path)).toEqual(['P_A01_s1_w1.TIF'])
    expect(faults).toEqual([
      {
        kind: 'plane-claimed-twice',
        path: '/screen/P_A01_s1_w1.tif',
        other: '/screen/P_A01_s1_w1.TIF',
      },
      {
        kind: 'plane-claimed-twice',
        path: '/screen/P_a01_s1_w1.tif',
        other: '/screen/P_A01_s1_w1.TIF',
      },
    ])
    expect(unmatched).toEqual([])
  })
})

describe('the notes in the images of an ImageXpress', () => {
  const note = (x: number, emission: number) =>
    [
      '<MetaData><PlaneInfo>',
      '<prop id="spatial-calibration-x" type="float" value="0.5"/>',
      '<prop id="spatial-calibration-units" type="string" value="um"/>',
      `<prop id="stage-position-x" type="float" value="${x}"/>`,
      '<prop id="stage-position-y" type="float" value="20"/>',
      `<prop id="wavelength" type="float" value="${emission}"/>`,
      '<prop id="_MagSetting_" type="string" value="20X Plan Apo"/>',
      '<custom-prop id="Exposure Time" type="string" value="15 ms"/>',
      '</PlaneInfo></MetaData>',
    ].join('\r\n')
  const image = (description: string) =>
    encodeTiff({ width: 2, height: 2, pixels: new Uint16Array(4), description })
  const folder = () =>
    paperFolder({
      'P.HTD': index,
      'P_A01_s1_w1.TIF': image(note(100, 452)),
      'P_A01_s1_w2.TIF': image(note(100, 520)),
      'P_A01_s2_w1.TIF': image(note(300, 452)),
      'P_A01_s2_w2.TIF': 'not an image',
    })

  test('say where planes are and how the run was imaged; a broken image says nothing', async () => {
    const { acquisitions, faults } = await identify(folder())
    const [run] = acquisitions
    expect(run!.planes.map(({ facts }) => facts?.position?.x)).toEqual([100, 100, 300, undefined])
    expect(run!.planes[0]!.facts).toEqual({
      pixelSize: 0.5,
      position: { x: 100, y: 20, z: null },
      takenAt: null,
    })
    const unknown = { excitation: null, flatField: null, exposure: 15 }
    expect(run!.facts).toEqual({
      startedAt: null,
      objective: { name: '20X Plan Apo', magnification: 20, numericalAperture: null },
      channels: [
        { channel: 'DAPI', emission: 452, ...unknown },
        { channel: 'FITC', emission: 520, ...unknown },
      ],
    })
    expect(faults).toEqual([])
  })

  const lit = (setting: string) =>
    image(`<MetaData><prop id="_IllumSetting_" value="${setting}"/></MetaData>`)

  test('name the channels where there is no index; what cannot be read has no say', async () => {
    const { acquisitions } = await identify(
      paperFolder({
        'P_A01_s1_w1.TIF': 'not an image',
        'P_A01_s2_w1.TIF': lit('DAPI'),
        'P_A01_s1_w2.TIF': lit('Texas Red'),
        'P_A01_s1_w3.TIF': lit('FITC'),
        'P_A01_s2_w3.TIF': lit('FITC_05'),
        'P_A01_s1_w4.TIF': lit('DAPI'),
      }),
    )
    expect(acquisitions[0]!.channels).toEqual([
      { wave: 1, name: 'DAPI' },
      { wave: 2, name: 'Texas Red' },
      { wave: 3, name: 'w3' },
      { wave: 4, name: 'DAPI (w4)' },
    ])
    expect(placesOf(acquisitions[0]!)).toEqual([
      'P_A01_s1_w1.TIF: A01 s1 DAPI z1 t1',
      'P_A01_s1_w2.TIF: A01 s1 Texas Red z1 t1',
      'P_A01_s1_w3.TIF: A01 s1 w3 z1 t1',
      'P_A01_s1_w4.TIF: A01 s1 DAPI (w4) z1 t1',
      'P_A01_s2_w1.TIF: A01 s2 DAPI z1 t1',
      'P_A01_s2_w3.TIF: A01 s2 w3 z1 t1',
    ])
  })

  test('do not rename the channels of an index', async () => {
    const { acquisitions } = await identify(
      paperFolder({ 'P.HTD': index, 'P_A01_s1_w1.TIF': lit('UV') }),
    )
    expect(acquisitions[0]!.channels.map(({ name }) => name)).toEqual(['DAPI', 'FITC'])
    expect(acquisitions[0]!.planes.map(({ channel }) => channel)).toEqual(['DAPI'])
  })

  test('are read once for each version of a file', async () => {
    const { survey, access } = folder()
    let looks = 0
    const counting = {
      ...access,
      readDescription: (absolute: string, page: number) => {
        looks += 1
        return access.readDescription(absolute, page)
      },
    }
    await identify({ survey, access: counting })
    await identify({ survey, access: counting })
    expect(looks).toBe(4)
  })

  test('are not looked for in images that tell nothing by their names', async () => {
    const { access, survey } = paperFolder({ 'A01.tif': image(note(1, 452)) })
    const readDescription = () => Promise.reject(new Error('looked into'))
    const { acquisitions } = await imagexpress.read({
      ...survey,
      by: 'name',
      chosen: false,
      access: { ...access, readDescription },
    })
    expect(acquisitions).toEqual([])
  })
})
