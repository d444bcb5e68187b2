import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DefectShares } from '#core/simulate/defects.ts'
import { openImage } from '#workstation/reading/open-image.ts'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import type { PlaneTruth } from '#workstation/simulate/truth-folder.ts'
import { writeAcquisition } from '#workstation/simulate/write-acquisition.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const PACKED = Object.keys(NAMINGS).filter(name => NAMINGS[name]!.packs === 'field')

async function damagedPlate(name: string, defects: DefectShares) {
  const folder = join(temporaryFolder(), 'plate')
  const written = await writeAcquisition({
    folder,
    truthFolder: null,
    naming: NAMINGS[name]!,
    seed: 3,
    format: 96,
    wells: 6,
    fields: 2,
    channels: 3,
    width: 64,
    height: 48,
    defects,
    rate: null,
  })
  return { folder, truth: valueOf(written).planes }
}

async function canBeRead(path: string, page: number): Promise<boolean> {
  const image = await openImage(path)
  return image.ok && (await image.value.readPage(page)).ok
}

function has(defect: 'missing' | 'truncated'): (plane: PlaneTruth) => boolean {
  return ({ defects }) => defects.includes(defect)
}

test.each(PACKED)('%s: the planes that cannot be read are those called truncated', async name => {
  const { folder, truth } = await damagedPlate(name, { truncated: 0.1, missing: 0.1 })
  const channels = [...new Set(truth.map(({ channel }) => channel))]
  const arrays = name.startsWith('ome-zarr')
  const broken: PlaneTruth[] = []
  for (const plane of truth.filter(one => !has('missing')(one))) {
    const beside = truth.filter(({ path }) => path === plane.path)
    // Pages are written for what was imaged, chunks of an array have the place of their channel.
    const imaged = beside.filter(one => !has('missing')(one))
    const page = arrays ? channels.indexOf(plane.channel) : imaged.indexOf(plane)
    if (!(await canBeRead(join(folder, plane.path), page))) broken.push(plane)
  }
  expect(broken.length).toBeGreaterThan(0)
  expect(broken).toEqual(truth.filter(has('truncated')))
  // An array loses single planes, a file all that it holds.
  const damaged = new Set(broken.map(({ path }) => path))
  const inThem = truth.filter(one => damaged.has(one.path) && !has('missing')(one))
  expect(broken.length === inThem.length).toBe(!arrays)
})
