import {
  appendFileSync,
  copyFileSync,
  cpSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { enterAcquisitions } from '#workstation/enter-acquisitions.ts'
import { FolderAway } from '#workstation/intake/access-while-there.ts'
import { askInTime, type Ask } from '#workstation/intake/ask-in-time.ts'
import { diskAccess } from '#workstation/intake/disk.ts'
import { identifyAcquisitions } from '#workstation/intake/identify-acquisitions.ts'
import { copyInRun, recogniseCopies } from '#workstation/intake/recognise-copies.ts'
import { surveyFolder } from '#workstation/intake/survey-folder.ts'
import { runFolder } from '#workstation/run-folder.ts'
import type { Workstation } from '#workstation/workstation.ts'
import { openedWorkstation, writePlate } from '../../support/live-store.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const OPTIONS = { naming: null, qualityOnly: true }

/** A plate of four planes in `screen/first` that was judged. */
async function judgedPlate() {
  const folder = temporaryFolder()
  const screen = join(folder, 'screen')
  await writePlate(join(screen, 'first'))
  const workstation = openedWorkstation(folder)
  const report = valueOf(await runFolder(workstation, screen, OPTIONS))
  const files = (await surveyFolder(join(screen, 'first'))).files.map(({ path }) => path)
  const images = files.filter(path => path.endsWith('.TIF') || path.endsWith('.tif'))
  return { screen, workstation, report, images }
}

function planesIn({ store }: Workstation): number {
  return (store.db.prepare('SELECT count(*) AS n FROM plane').get() as { n: number }).n
}

test('a folder that was copied is no new imaging, and nothing of it is judged again', async () => {
  const { screen, workstation, report, images } = await judgedPlate()
  expect(report.copies).toEqual([])
  cpSync(join(screen, 'first'), join(screen, 'copy of first'), { recursive: true })
  const again = valueOf(await runFolder(workstation, screen, OPTIONS))
  expect(planesIn(workstation)).toBe(images.length)
  expect(again.plates.length).toBe(1)
  expect(again.faults).toEqual([])
  expect(again.copies.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    images.map(path => ({
      path: join(screen, 'copy of first', path),
      of: join(screen, 'first', path),
    })),
  )
})

test('a folder and its copy that come together are one imaging', async () => {
  const folder = temporaryFolder()
  const screen = join(folder, 'screen')
  await writePlate(join(screen, 'first'))
  cpSync(join(screen, 'first'), join(screen, 'second'), { recursive: true })
  const workstation = openedWorkstation(folder)
  const report = valueOf(await runFolder(workstation, screen, OPTIONS))
  expect(report.copies.length).toBe(4)
  expect(planesIn(workstation)).toBe(4)
  expect(report.plates.map(({ acquisition }) => acquisition)).toEqual([0])
})

test('a plane that was imaged again is not a copy, though the file has the same size', async () => {
  const { screen, workstation, images } = await judgedPlate()
  cpSync(join(screen, 'first'), join(screen, 'again'), { recursive: true })
  const path = join(screen, 'again', images[0]!)
  const bytes = readFileSync(path)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(path, bytes)
  const again = valueOf(await runFolder(workstation, screen, OPTIONS))
  expect(again.copies.length).toBe(images.length - 1)
  expect(planesIn(workstation)).toBe(images.length + 1)
  expect(again.plates.map(({ acquisition }) => acquisition).sort()).toEqual([0, 1])
})

test('a folder that was moved takes the place of what it was', async () => {
  const { screen, workstation, images } = await judgedPlate()
  renameSync(join(screen, 'first'), join(screen, 'moved'))
  const again = valueOf(await runFolder(workstation, screen, OPTIONS))
  expect(again.copies).toEqual([])
  expect(planesIn(workstation)).toBe(2 * images.length)
})

test('a copy is known by the record, without a look at the original', async () => {
  const { screen, workstation, images } = await judgedPlate()
  cpSync(join(screen, 'first'), join(screen, 'copy'), { recursive: true })
  // What is there now is another file than the one that was judged.
  appendFileSync(join(screen, 'first', images[0]!), 'more')
  const survey = await surveyFolder(join(screen, 'copy'))
  const [found] = valueOf(await identifyAcquisitions(survey, 'auto', diskAccess())).acquisitions
  const { acquisition, copies } = await recogniseCopies(
    workstation.store.db,
    join(screen, 'copy'),
    found!,
  )
  expect(acquisition).toBeNull()
  expect(copies.length).toBe(images.length)
})

test('equal images at different places are no copies', async () => {
  const folder = temporaryFolder()
  const screen = join(folder, 'screen')
  await writePlate(screen)
  const { files } = await surveyFolder(screen)
  const images = files.filter(({ path }) => /\.tif$/i.test(path))
  for (const { absolute } of images.slice(1)) copyFileSync(images[0]!.absolute, absolute)
  const workstation = openedWorkstation(folder)
  const report = valueOf(await runFolder(workstation, screen, OPTIONS))
  expect(report.copies).toEqual([])
  expect(planesIn(workstation)).toBe(4)
})

test('an index alone does not make a second imaging of a plate, its first image does', async () => {
  const { screen, workstation, images } = await judgedPlate()
  const again = join(screen, 'again')
  cpSync(join(screen, 'first'), again, { recursive: true })
  for (const path of images) rmSync(join(again, path))
  const survey = await surveyFolder(again)
  const [empty] = valueOf(await identifyAcquisitions(survey, 'auto', diskAccess())).acquisitions
  expect(empty!.planes).toEqual([])
  const { db } = workstation.store
  expect((await recogniseCopies(db, again, empty!)).acquisition).toBeNull()
  valueOf(enterAcquisitions(workstation, again, [empty!]))
  expect((await recogniseCopies(db, again, empty!)).acquisition).toBe(empty)
})

test('two files of one run that claim a plane are copies if their bytes are equal', async () => {
  const folder = temporaryFolder()
  const [path, other, third] = ['a.tif', 'b.tif', 'c.tif'].map(name => join(folder, name))
  writeFileSync(path!, 'image')
  writeFileSync(other!, 'image')
  writeFileSync(third!, 'imaGe')
  const claim = (path: string, other: string) => copyInRun({ path, other })
  expect(await claim(path!, other!)).toEqual({ path, of: other })
  expect(await claim(third!, other!)).toBeNull()
  expect(await claim(path!, join(folder, 'gone.tif'))).toBeNull()
})

test('nothing is said of a copy while its disk does not answer', async () => {
  const { screen, workstation } = await judgedPlate()
  cpSync(join(screen, 'first'), join(screen, 'copy'), { recursive: true })
  const survey = await surveyFolder(join(screen, 'copy'))
  const [found] = valueOf(await identifyAcquisitions(survey, 'auto', diskAccess())).acquisitions
  // The original can be seen to be there; then the disk falls silent in the midst of the hashing.
  for (const answered of [0, 1, 2]) {
    let questions = 0
    const ask = askInTime(20, new AbortController().signal)
    const silent: Ask = question =>
      ask(() => ((questions += 1) > answered ? new Promise<never>(() => {}) : question()))
    const { db } = workstation.store
    const recognised = recogniseCopies(db, join(screen, 'copy'), found!, silent)
    await expect(recognised).rejects.toBeInstanceOf(FolderAway)
    expect(questions).toBe(answered + 1)
  }
})

test.each([
  (stem: string) => `Copy of ${stem}`,
  (stem: string) => `${stem} - Copy`,
  (stem: string) => `${stem} (1)`,
])('an image that was copied beside itself is left out: %s', async nameOf => {
  const folder = temporaryFolder()
  const screen = join(folder, 'screen')
  await writePlate(screen)
  const original = join(screen, 'TimePoint_1/simulated-3_A01_w1.tif')
  const copy = join(screen, 'TimePoint_1', `${nameOf('simulated-3_A01_w1')}.tif`)
  cpSync(original, copy)
  const workstation = openedWorkstation(folder)
  const first = valueOf(await runFolder(workstation, screen, OPTIONS))
  const again = valueOf(await runFolder(workstation, screen, OPTIONS))
  for (const { plates, copies, unmatched, faults } of [first, again]) {
    expect(plates.map(({ name }) => name)).toEqual(['simulated-3'])
    expect(copies).toEqual([{ path: copy, of: original }])
    expect([...unmatched, ...faults]).toEqual([])
  }
  expect(planesIn(workstation)).toBe(4)
})

test('an image is no copy for its name alone', async () => {
  const folder = temporaryFolder()
  const screen = join(folder, 'screen')
  await writePlate(screen)
  const images = join(screen, 'TimePoint_1')
  const [one, other] = ['simulated-3_A01_w1.tif', 'simulated-3_A02_w1.tif']
  cpSync(join(images, other), join(images, `Copy of ${one}`))
  const { plates, copies } = valueOf(await runFolder(openedWorkstation(folder), screen, OPTIONS))
  expect(copies).toEqual([])
  expect(plates.map(({ name }) => name).sort()).toEqual(['Copy of simulated-3', 'simulated-3'])
})
