import { describe, expect, test } from 'vitest'
import { missingPlanes } from '#workstation/intake/expected-planes.ts'
import { followArrivals } from '#workstation/intake/follow-arrivals.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { paperFolder } from '../../support/surveys.ts'
import { valueOf } from '../../support/value-of.ts'

/** Images of a folder by the table `map.csv` in it. */
async function read(table: readonly string[], ...images: readonly string[]) {
  const contents = Object.fromEntries(images.map(path => [path, '']))
  const { survey, access } = paperFolder({ ...contents, 'map.csv': `${table.join('\n')}\n` })
  return valueOf(await identifyAcquisitions(survey, 'map.csv', access))
}

async function places(table: readonly string[], ...images: readonly string[]) {
  const { acquisitions } = await read(table, ...images)
  return acquisitions.flatMap(({ plate, planes }) =>
    planes.map(
      ({ path, well, site, channel, wave, z, t }) =>
        `${path}: ${plate} ${well} s${site} ${channel} (${wave}) z${z} t${t}`,
    ),
  )
}

async function lines(table: readonly string[], ...images: readonly string[]) {
  const { faults } = await read(table, ...images)
  return faults.map(fault => ('detail' in fault ? fault.detail : fault.kind))
}

describe('a table that says where images belong', () => {
  test('has a row for each plane', async () => {
    const table = [
      'path,plate,well,site,channel,z,t',
      'a.tif,P1,B3,2,GFP,3,4',
      'deep/b.tif,P2,b03,1,DAPI,1,1',
    ]
    expect(await places(table, 'a.tif', 'deep/b.tif')).toEqual([
      'a.tif: P1 B03 s2 GFP (1) z3 t4',
      'deep/b.tif: P2 B03 s1 DAPI (1) z1 t1',
    ])
    const { acquisitions, unmatched } = await read(table, 'a.tif', 'deep/b.tif', 'other.tif')
    expect(acquisitions).toMatchObject([
      { instrument: 'map', namedBy: 'map', folder: '', uniqueId: null, ignored: ['map.csv'] },
      { namedBy: 'map', ignored: ['map.csv'] },
    ])
    expect(unmatched).toEqual(['other.tif'])
  })

  test('may have rows and columns of the plate, and the spellings of patterns', async () => {
    const table = ['File;Row;Col;Field;ChannelNumber', 'a.tif;2;11;4;3', 'b.tif;C;1;;']
    expect(await places(table, 'a.tif', 'b.tif')).toEqual([
      'a.tif: screen B11 s4 w3 (3) z1 t1',
      'b.tif: screen C01 s1 w1 (1) z1 t1',
    ])
  })

  test('may be what CellProfiler loads, written on another machine', async () => {
    const table = [
      'FileName_OrigRNA,PathName_OrigRNA,FileName_OrigDNA,PathName_OrigDNA,Metadata_Plate,Metadata_Well,Metadata_Site',
      'r-ch3.tiff,C:\\data\\plate\\images\\,r-ch5.tiff,C:\\data\\plate\\images\\,BR1,A01,1',
      'q-ch3.tiff,C:\\data\\plate\\images\\,,,BR1,A02,1',
    ]
    expect(
      await places(table, 'images/r-ch3.tiff', 'images/r-ch5.tiff', 'images/q-ch3.tiff'),
    ).toEqual([
      'images/q-ch3.tiff: BR1 A02 s1 OrigRNA (1) z1 t1',
      'images/r-ch3.tiff: BR1 A01 s1 OrigRNA (1) z1 t1',
      'images/r-ch5.tiff: BR1 A01 s1 OrigDNA (2) z1 t1',
    ])
  })

  test('promises its rows, whether their files have come or not', async () => {
    const table = ['path,well,channel', 'a.tif,A01,DAPI', 'b.tif,A02,DAPI', 'c.tif,A03,GFP']
    const [run] = (await read(table, 'a.tif')).acquisitions
    expect(run!.expected).toBe(3)
    expect(missingPlanes(run!)).toMatchObject([
      { well: 'A02', channel: 'DAPI' },
      { well: 'A03', channel: 'GFP', wave: 2 },
    ])
  })

  test('prefers the file at the path to one whose path ends alike', async () => {
    const table = ['path,well', 'x/a.tif,A01', 'a.tif,A02']
    expect(await places(table, 'a.tif', 'x/a.tif')).toEqual([
      'a.tif: screen A02 s1 w1 (1) z1 t1',
      'x/a.tif: screen A01 s1 w1 (1) z1 t1',
    ])
  })

  test('says its lines that make no sense, and goes on', async () => {
    const table = [
      'path,well,site',
      'a.tif,Z99X,1',
      'b.tif,A01,first',
      ',A01,1',
      'c.tif,A01,1',
      'c.tif,A02,1',
      'twin.tif,A03,1',
    ]
    const images = ['a.tif', 'b.tif', 'c.tif', 'x/twin.tif', 'y/twin.tif']
    expect(await lines(table, ...images)).toEqual([
      'line 2: "Z99X" is no well',
      'line 3: site "first" is no number',
      'line 4: it names no file',
      'line 6: line 5 names c.tif too',
      'line 7: "twin.tif" may be x/twin.tif or y/twin.tif',
    ])
    const { acquisitions, unmatched } = await read(table, ...images)
    expect(acquisitions).toMatchObject([{ planes: [{ path: 'c.tif', well: 'A01' }] }])
    expect(unmatched).toEqual(['a.tif', 'b.tif', 'x/twin.tif', 'y/twin.tif'])
  })

  test('misses nothing that no plate and no folder can have', async () => {
    const table = [
      'path,well',
      'a.tif,Z99',
      'b.tif,AG01',
      'c.tif,AF48',
      '../../etc/passwd,A01',
      '/etc/hosts,A02',
      'C:\\plates\\d.tif,A03',
      '/screen/e.tif,A04',
      'x/../f.tif,A05',
      '../elsewhere/g.tif,A06',
    ]
    expect(await lines(table, 'c.tif', 'g.tif')).toEqual([
      'line 2: no plate has a well Z99',
      'line 3: no plate has a well AG01',
      'line 5: its path leaves the folder',
      'line 6: its path leaves the folder',
      'line 7: its path leaves the folder',
    ])
    const [run] = (await read(table, 'c.tif', 'g.tif')).acquisitions
    expect(run!.planes.map(({ path, well }) => `${path} ${well}`)).toEqual([
      'c.tif AF48',
      'g.tif A06',
    ])
    expect(missingPlanes(run!).map(({ well }) => well)).toEqual(['A04', 'A05'])
  })

  test('does not tell the same mistake a thousand times', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => `${i}.tif,nowhere`)
    const said = await lines(['path,well', ...rows])
    expect(said).toHaveLength(21)
    expect(said.at(-1)).toBe('and 980 lines more')
  })

  test('says of two files that claim one plane which holds it', async () => {
    const { acquisitions, faults } = await read(
      ['path,well', 'a.tif,A01', 'b.tif,A1'],
      'a.tif',
      'b.tif',
    )
    expect(acquisitions[0]!.planes).toHaveLength(1)
    expect(faults).toMatchObject([{ kind: 'plane-claimed-twice', path: '/screen/b.tif' }])
  })

  test.each([
    [['name,well', 'a.tif,A01'], 'it has neither a column path nor FileName_<channel>'],
    [['path,site', 'a.tif,1'], 'it has no column well, nor row and column'],
    [['path,row', 'a.tif,1'], 'it has no column well, nor row and column'],
    [['path,well'], 'it has headings and no rows'],
  ])('that is none is a fault: %j', async (table, detail) => {
    const { acquisitions, unmatched, faults } = await read(table, 'a.tif')
    expect(acquisitions).toEqual([])
    expect(faults).toEqual([{ kind: 'table-invalid', path: '/screen/map.csv', detail }])
    expect(unmatched).toEqual(['a.tif'])
  })

  test('that is not there is a fault', async () => {
    const { survey, access } = paperFolder({ 'a.tif': '' })
    const { faults, unmatched } = valueOf(await identifyAcquisitions(survey, '/maps/m.csv', access))
    expect(faults).toEqual([{ kind: 'file-not-found', path: '/maps/m.csv' }])
    expect(unmatched).toEqual(['a.tif'])
  })

  test('no heading is more than a heading', async () => {
    const table = ['path,well,__proto__,constructor', 'a.tif,A01,x,y']
    expect(await places(table, 'a.tif')).toEqual(['a.tif: screen A01 s1 w1 (1) z1 t1'])
  })
})

describe('a table beside images that arrive', () => {
  const table = 'path,well,channel\na.tif,A01,DAPI\nb.tif,A02,DAPI\n'
  const { survey, access } = paperFolder({
    'a.tif': '',
    'b.tif': '',
    'c.tif': '',
    'map.csv': table,
  })
  const [a, b, c, map] = survey.files

  test('places each as it comes', async () => {
    const reader = followArrivals('/screen', 'map.csv', access)
    const arrive = async (...files: readonly (typeof survey.files)[number][]) => {
      const { acquisitions, unmatched } = valueOf(await reader.arrive(files))
      return [acquisitions.flatMap(({ planes }) => planes.map(({ path }) => path)), unmatched]
    }
    expect(await arrive(map!)).toEqual([[], []])
    expect(await arrive(a!)).toEqual([['a.tif'], []])
    expect(await arrive(b!, c!)).toEqual([['b.tif'], ['c.tif']])
  })
})
