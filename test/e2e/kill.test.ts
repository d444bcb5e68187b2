import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parfocal, startParfocal } from '../support/command-line.ts'
import { storeContents } from '../support/store-contents.ts'
import { temporaryFolder } from '../support/stores.ts'

const KILLS = Number(process.env['PARFOCAL_KILLS'] ?? 6)

/** Reproducible pauses between nothing and the time that the whole run takes. */
function pauses(count: number, longest: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (((i * 7 + 3) % count) / count) * longest)
}

test(
  `a run that is killed ${KILLS} times and completed leaves the store of an undisturbed run`,
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder()
    const plate = ['--wells', '12', '--fields', '1', '--channels', '2', '--size', '256x256']
    await parfocal(['simulate', 'plate', ...plate, '--seed', '5'], folder)
    const startedAt = performance.now()
    const calm = await parfocal(['run', 'plate', '--store', 'calm', '--json'], folder)
    const undisturbed = performance.now() - startedAt
    for (const pause of pauses(KILLS, undisturbed)) {
      const child = startParfocal(['run', 'plate', '--store', 'rough'], folder)
      const closed = new Promise(resolve => child.once('close', resolve))
      await new Promise(resolve => setTimeout(resolve, pause))
      child.kill('SIGKILL')
      await closed
    }
    const rough = await parfocal(['run', 'plate', '--store', 'rough', '--json'], folder)
    expect(rough.code).toBe(calm.code)
    expect(storeContents(join(folder, 'rough'))).toEqual(storeContents(join(folder, 'calm')))
    const verified = await parfocal(['verify', 'rough', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] })
  },
)
