import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { INSTRUMENTS, instrumentName } from '#workstation/intake/instruments/registry.ts'
import type { SurveyedFile } from '#workstation/intake/survey-folder.ts'

const FOLDER = new URL('../../../fixtures/instrument-names/', import.meta.url)

/**
 * Names that vendors' files have, in public data and scripts, and the instrument that they speak for first: a file for
 * each instrument, called by its id, a name a line.
 */
const NAMES = readdirSync(FOLDER)
  .sort()
  .flatMap(file =>
    readFileSync(new URL(file, FOLDER), 'utf8')
      .split(/\r?\n/)
      .filter(line => line !== '')
      .map((path): readonly [id: string, path: string] => [file.replace(/\.txt$/, ''), path]),
  )

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
