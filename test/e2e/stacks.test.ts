import { parse } from 'csv-parse/sync'
import Database from 'better-sqlite3'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Plane } from '#core/image/plane.ts'
import { NUCLEI_FLUORESCENCE, recipeHash, type Recipe } from '#core/recipe.ts'
import { exposeCamera, SCIENTIFIC_CMOS } from '#core/simulate/camera.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import { gatherLight } from '#core/simulate/gather-light.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { randomFrom } from '#core/simulate/random.ts'
import { growSpecimen } from '#core/simulate/specimen.ts'
import { parfocal } from '../support/command-line.ts'
import { htdText } from '../support/surveys.ts'

// A plate of two wells that an ImageXpress imaged at two times, in two channels, at three depths; FITC has lost one.

const WELLS = ['B03', 'C04']
const TIMES = [1, 2]
const WAVES = [1, 2] as const
/** Where the focus was, µm from the middle of the cells, by step; at the second time the plate had sunk. */
const FOCUS = { 1: [-8, 0.5, 8], 2: [0.5, 8, 16] } as const
const LOST = { well: 'C04', t: 2, wave: 2, z: 3 }
const [WIDTH, HEIGHT] = [288, 224]

const folder = mkdtempSync(join(tmpdir(), 'parfocal-stacks-'))
const planes = new Map<string, Plane>()

type CsvRow = Record<string, string>

function stack(well: string, t: number, wave: number): readonly Plane[] {
  return [1, 2, 3].flatMap(z => planes.get(`${well} ${t} ${wave} ${z}`) ?? [])
}

function nameOf(well: string, wave: number): string {
  return `P_${well}_s1_w${wave}.TIF`
}

function pathOf(well: string, t: number, wave: number, z: number): string {
  return join(folder, 'P', `TimePoint_${t}`, `ZStep_${z}`, nameOf(well, wave))
}

function write(path: string, { width, height, pixels }: Plane): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, encodeTiff({ width, height, pixels }))
}

function imagePlate(): void {
  mkdirSync(join(folder, 'P'), { recursive: true })
  const waves = WAVES.map(wave => CHANNELS[wave - 1]!.name)
  const index = htdText({ wells: WELLS, waves, zSteps: 3, timepoints: 2, uniqueId: 'stacks' })
  writeFileSync(join(folder, 'P', 'P.HTD'), index)
  const frame = { width: WIDTH, height: HEIGHT, pixelSize: PLATE_OBJECTIVE.pixelSize }
  const cells = {
    cellsPerSquareMillimetre: 600,
    clustering: 0.3,
    vitality: { mitotic: 0, apoptotic: 0 },
  }
  for (const well of WELLS) {
    for (const t of [1, 2] as const) {
      const specimen = growSpecimen(frame, cells, [5, well, t])
      for (const wave of WAVES) {
        const channel = CHANNELS[wave - 1]!
        for (const [i, defocus] of FOCUS[t].entries()) {
          const shot = { seed: 5, well, site: t, specimen, optics: PLATE_OBJECTIVE, channel }
          const light = gatherLight({ ...shot, defects: [], defocus })
          const plane = exposeCamera(light, SCIENTIFIC_CMOS, randomFrom(5, well, t, wave, i))
          const z = i + 1
          if (well === LOST.well && t === LOST.t && wave === LOST.wave && z === LOST.z) continue
          planes.set(`${well} ${t} ${wave} ${z}`, plane)
          write(pathOf(well, t, wave, z), plane)
        }
      }
    }
  }
}

const RECIPES = {
  sharpest: recipe('sharpest'),
  maximum: recipe('maximum-projection'),
  mean: recipe('mean-projection'),
  second: recipe({ z: 2 }),
  third: recipe({ z: 3 }),
} as const

type RecipeName = keyof typeof RECIPES

function recipe(focalPlane: Recipe['prepare']['focalPlane']): Recipe {
  return { ...NUCLEI_FLUORESCENCE, name: 'stacks', prepare: { focalPlane } }
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await parfocal([...args, '--json'], folder)
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout) as Record<string, unknown>
}

/** Runs the plate by a recipe and gives what is exported then. */
async function run(name: RecipeName): Promise<CsvRow[]> {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(RECIPES[name]))
  const report = await json('run', 'P', '--store', 'S', '--recipe', `${name}.json`)
  expect(report).toMatchObject({
    plates: [{ planes: { expected: 24, arrived: 23, unreadable: 0 } }],
  })
  await parfocal(['export', 'S', '--to', name, '--as', 'csv'], folder)
  return parse(readFileSync(join(folder, name, 'image.csv'), 'utf8'), { columns: true })
}

function projected(of: readonly Plane[], by: (values: number[]) => number): Plane {
  const [first] = of
  const pixels = first!.pixels.map((_, i) => by(of.map(plane => plane.pixels[i]!)))
  return { ...first!, pixels }
}

const mean = (values: readonly number[]): number => {
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  return value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value)
}

function nucleiIn(plane: Plane): number {
  return segmentNuclei.run(plane, NUCLEI_FLUORESCENCE.derive.nuclei).labels.count
}

const exported: Partial<Record<RecipeName, CsvRow[]>> = {}

/** What was recorded of each field by a recipe: by well and time, the planes of its objects. */
function recorded(name: RecipeName) {
  const db = new Database(join(folder, 'S', 'parfocal.sqlite'), { readonly: true })
  const rows = db
    .prepare(
      `SELECT field.well, field.t, activity.outcome, activity.id,
              (SELECT group_concat(plane.channel || plane.z, ' ')
               FROM json_each(objects.planes) JOIN plane
                 ON plane.id = json_extract(json_each.value, '$.planeId')) AS planes,
              (SELECT count(*) FROM used WHERE used.activityId = activity.id) AS files,
              (SELECT fault FROM fault WHERE fault.activityId = activity.id) AS fault
       FROM activity JOIN field ON field.id = activity.fieldId
       LEFT JOIN fieldObjects AS objects ON objects.activityId = activity.id
       WHERE activity.kind = 'analysis' AND activity.recipeHash = ? ORDER BY well, t`,
    )
    .all(recipeHash(RECIPES[name])) as {
    well: string
    t: number
    planes: string | null
    files: number
    fault: string | null
  }[]
  db.close()
  return rows
}

const countOf = (name: RecipeName, well: string, t: number): number | null => {
  const row = exported[name]!.find(
    ({ Metadata_Well, Metadata_Time }) => Metadata_Well === well && Number(Metadata_Time) === t,
  )!
  return row['Count_Nuclei'] === '' ? null : Number(row['Count_Nuclei'])
}

beforeAll(async () => {
  imagePlate()
  for (const name of Object.keys(RECIPES) as RecipeName[]) exported[name] = await run(name)
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

describe('a plate of stacks and times', () => {
  test('goes out with a row for each field and time, and its planes in columns', () => {
    for (const rows of Object.values(exported)) {
      expect(rows.map(row => [row['Metadata_Well'], Number(row['Metadata_Time'])])).toEqual(
        WELLS.flatMap(well => TIMES.map(t => [well, t])),
      )
      for (const row of rows) expect(row['FileName_DAPI']).toBe(nameOf(row['Metadata_Well']!, 1))
    }
  })

  test('finds the nuclei of the plane that the recipe names', () => {
    for (const well of WELLS) {
      for (const t of TIMES) {
        const dapi = stack(well, t, 1)
        const sharp = nucleiIn(dapi[t === 1 ? 1 : 0]!)
        expect(sharp).toBeGreaterThan(5)
        expect(countOf('sharpest', well, t)).toBe(sharp)
        expect(countOf('second', well, t)).toBe(nucleiIn(dapi[1]!))
        expect(countOf('maximum', well, t)).toBe(nucleiIn(projected(dapi, v => Math.max(...v))))
        expect(countOf('mean', well, t)).toBe(nucleiIn(projected(dapi, mean)))
      }
    }
  })

  test('records every plane that went in, and no other, the sharpest first', () => {
    expect(recorded('sharpest').map(row => row.planes)).toEqual([
      ...['DAPI2 FITC2', 'DAPI1 FITC1', 'DAPI2 FITC2', 'DAPI1 FITC1'],
    ])
    expect(recorded('second').map(row => row.planes)).toEqual(Array(4).fill('DAPI2 FITC2'))
    for (const name of ['maximum', 'mean'] as const) {
      expect(recorded(name).map(({ planes, files }) => [planes, files])).toEqual([
        ['DAPI2 DAPI1 DAPI3 FITC2 FITC1 FITC3', 6],
        ['DAPI1 DAPI2 DAPI3 FITC1 FITC2 FITC3', 6],
        ['DAPI2 DAPI1 DAPI3 FITC2 FITC1 FITC3', 6],
        ['DAPI1 DAPI2 DAPI3 FITC1 FITC2', 5],
      ])
    }
  })

  test('says how many planes were projected, and shows the sharpest of them', () => {
    const rows = exported.maximum!
    expect(rows.map(row => row['Metadata_ProjectedPlanes_DAPI'])).toEqual(['3', '3', '3', '3'])
    expect(rows.map(row => row['Metadata_ProjectedPlanes_FITC'])).toEqual(['3', '3', '3', '2'])
    expect(rows.map(row => row['Metadata_Z_DAPI'])).toEqual(['2', '1', '2', '1'])
    expect(exported.sharpest![0]).not.toHaveProperty('Metadata_ProjectedPlanes_DAPI')
  })

  test('says of a field that lacks the depth that it does, and goes on with the others', () => {
    const rows = recorded('third')
    expect(rows.map(row => row.planes)).toEqual([...Array(3).fill('DAPI3 FITC3'), null])
    expect(JSON.parse(rows[3]!.fault!)).toMatchObject({
      kind: 'depth-missing',
      detail: 'FITC at z 3, only 1, 2',
    })
    expect(countOf('third', 'C04', 2)).toBeNull()
  })

  test('is sound, and comes out the same again from the raw files', async () => {
    expect(await json('verify', 'S')).toMatchObject({ ok: true, problems: [] })
    const report = await json('reproduce', 'S')
    expect(report).toMatchObject({ different: [] })
    expect(report['equal']).toBe(report['records'])
    expect(report['records']).toBeGreaterThan(5 * 23)
  })

  test('once one depth is imaged again, the objects of its projection count no more', async () => {
    const path = pathOf('B03', 1, 1, 3)
    write(path, stack('B03', 1, 1)[2]!)
    utimesSync(path, new Date(), new Date(Date.now() + 60_000))
    const counting = (): number => {
      const db = new Database(join(folder, 'S', 'parfocal.sqlite'), { readonly: true })
      const sql = `SELECT count(*) AS fields FROM countingObjects AS objects
                   JOIN activity ON activity.id = objects.activityId
                   WHERE activity.recipeHash = ?`
      const row = db.prepare(sql).get(recipeHash(RECIPES.maximum)) as { fields: number }
      db.close()
      return row.fields
    }
    expect(counting()).toBe(4)
    await run('sharpest')
    expect(counting()).toBe(3)
    await run('maximum')
    expect(counting()).toBe(4)
    const report = await json('reproduce', 'S')
    expect(report).toMatchObject({ different: [] })
    expect(report['superseded']).toBeGreaterThan(0)
  })
})
