import { cpSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parfocal } from '../support/command-line.ts'
import { liveDesk, type LiveDesk } from '../support/live-desk.ts'
import { temporaryFolder } from '../support/stores.ts'
import { valueOf } from '../support/value-of.ts'

const IMAGES = 8

/** What somebody sees of the plates of a desk; ids and times left out. */
async function seen({ api }: LiveDesk) {
  const plates = valueOf(await api['plates.list'](undefined))
  return Promise.all(
    plates.map(async ({ plateId, name, channels, expected, arrived, states, objects }) => {
      const { wells } = valueOf(await api['plates.open']({ plateId }))
      const queue = valueOf(await api['review.queue']({ plateId: null, decided: true }))
      const flagged = queue.map(({ well, channel, state }) => `${well} ${channel} ${state}`).sort()
      return { name, channels, expected, arrived, states, objects, wells, flagged }
    }),
  )
}

type Seen = Awaited<ReturnType<typeof seen>>[number]

/** Waits until one plate is listed, with all its images judged; and all its wells analysed, if told to wait for that. */
function finished(desk: LiveDesk, expected: number | null, analysed: boolean): Promise<Seen> {
  return vi.waitFor(
    async () => {
      const [plate, ...others] = await seen(desk)
      expect(others).toEqual([])
      expect(plate).toMatchObject({ expected, arrived: IMAGES, states: { waiting: 0 } })
      if (analysed) expect(plate!.wells.every(({ objects }) => objects !== null)).toBe(true)
      return plate!
    },
    { timeout: 60_000, interval: 50 },
  )
}

test(
  'images whose index comes long after them are one plate, judged as if it had been there',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    const size = ['--wells', '4', '--fields', '1', '--channels', '2', '--size', '256x256']
    await parfocal(['simulate', 'plate', ...size, '--seed', '5'], folder)
    const index = readdirSync(join(folder, 'plate')).find(name => name.endsWith('.HTD'))!
    const late = join(folder, 'late')
    mkdirSync(late)
    cpSync(join(folder, 'plate/TimePoint_1'), join(late, 'TimePoint_1'), { recursive: true })

    const desk = await liveDesk(folder, { folders: [late] })
    expect(await finished(desk, null, false)).toMatchObject({ channels: ['DAPI', 'FITC'] })

    copyFileSync(join(folder, 'plate', index), join(late, index))
    const found = await finished(desk, IMAGES, true)
    const told = desk.told('plate.changed').map(({ summary }) => summary)
    expect(told.findLast(({ expected }) => expected === null)).toMatchObject({
      identifiedOtherwise: true,
      flagged: 0,
      objects: 0,
    })
    await desk.close()

    await parfocal(['run', 'late', '--store', 'calm/store'], folder)
    const calm = await liveDesk(join(folder, 'calm'))
    expect([found]).toEqual(await seen(calm))
    const verified = await parfocal(['verify', 'store', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] })
  },
)
