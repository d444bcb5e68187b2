import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assembleAcquisition, type Acquisition } from '#workstation/intake/acquisition.ts'
import { orderRuns } from '#workstation/intake/order-runs.ts'
import { runFolder } from '#workstation/run-folder.ts'
import { openedWorkstation, writePlate } from '../../support/live-store.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

function run(folder: string, plate: string, startedAt: string | null = null): Acquisition {
  const facts = { startedAt, objective: null, channels: [] }
  return assembleAcquisition(
    {
      plate,
      uniqueId: null,
      folder,
      instrument: 'operetta',
      namedBy: 'index',
      format: null,
      promised: null,
      facts,
    },
    [],
    [],
  )
}

/** A plane that says alone when its run was imaged. */
function taken(folder: string, ...times: readonly string[]): Acquisition {
  const planes = times.map((takenAt, i) => ({
    path: `${folder}/${i}.tif`,
    absolute: `/screen/${folder}/${i}.tif`,
    bytes: 1,
    modified: '1',
    well: 'A01',
    site: i,
    channel: 'DAPI',
    wave: 1,
    z: 1,
    t: 1,
    projection: false,
    page: 0,
    facts: { pixelSize: null, position: null, takenAt },
  }))
  return { ...run(folder, 'P'), planes }
}

const folders = (runs: readonly Acquisition[]) => orderRuns(runs).map(({ folder }) => folder)

test('runs of one plate are in the order in which they were imaged', () => {
  const early = '2026-01-05T08:00:00'
  const late = '2026-01-05T08:00:04'
  expect(folders([run('a', 'P', late), run('b', 'P', early)])).toEqual(['b', 'a'])
  expect(folders([taken('a', late), taken('b', late, early)])).toEqual(['b', 'a'])
  expect(folders([taken('a', late), run('b', 'P', early)])).toEqual(['b', 'a'])
  const [here, there] = ['2026-01-05T08:00:00+01:00', '2026-01-05T07:30:00Z']
  expect(folders([run('a', 'P', there), run('b', 'P', here)])).toEqual(['b', 'a'])
})

test('else by folder and plate, as also those of which nothing says when', () => {
  const early = '2026-01-05T08:00:00'
  const late = '2026-01-06T08:00:00'
  expect(folders([run('b', 'Q', early), run('a', 'P', late)])).toEqual(['a', 'b'])
  expect(folders([run('b', 'P'), run('a', 'P')])).toEqual(['a', 'b'])
  expect(folders([run('b', 'P'), run('c', 'P', early), run('a', 'P', late)])).toEqual([
    'c',
    'b',
    'a',
  ])
  expect(folders([run('b', 'P', 'soon'), run('a', 'P', early)])).toEqual(['a', 'b'])
})

test('what was imaged first is superseded, whatever the folders are called', async () => {
  const folder = temporaryFolder()
  const screen = join(folder, 'screen')
  await writePlate(screen, { again: ['A01'] })
  renameSync(join(screen, 'again'), join(folder, 'again'))
  mkdirSync(join(folder, 'both'))
  renameSync(join(folder, 'again'), join(folder, 'both/a_second'))
  renameSync(screen, join(folder, 'both/b_first'))
  const workstation = openedWorkstation(folder)
  const options = { naming: null, qualityOnly: true }
  const { plates } = valueOf(await runFolder(workstation, join(folder, 'both'), options))
  expect(plates.map(plate => plate.folder.split(/[\\/]/).at(-1))).toEqual(['b_first', 'a_second'])
})
