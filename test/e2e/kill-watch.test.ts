import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parfocal, startParfocal } from '../support/command-line.ts'
import { storeContents } from '../support/store-contents.ts'
import { temporaryFolder } from '../support/stores.ts'

const KILLS_AFTER_MS = [1_900, 2_400, 3_100]

/** Watches until a plate is summed up, or is killed before. */
async function watch(folder: string, killAfterMs: number | null): Promise<void> {
  const child = startParfocal(['watch', 'plate', '--store', 'rough'], folder)
  const closed = new Promise(resolve => child.once('close', resolve))
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('(acquisition 0)')) child.kill('SIGTERM')
  })
  if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await closed
}

test(
  'a watch that is killed and started again leaves the store of an undisturbed run',
  { timeout: 300_000 },
  async () => {
    const folder = temporaryFolder()
    const plate = ['--wells', '12', '--fields', '1', '--channels', '2', '--size', '256x256']
    await parfocal(['simulate', 'plate', ...plate, '--seed', '5'], folder)
    await parfocal(['run', 'plate', '--store', 'calm'], folder)
    for (const pause of KILLS_AFTER_MS) await watch(folder, pause)
    await watch(folder, null)
    expect(storeContents(join(folder, 'rough'))).toEqual(storeContents(join(folder, 'calm')))
    const verified = await parfocal(['verify', 'rough', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] })
  },
)
