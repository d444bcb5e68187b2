import { cpSync, writeFileSync } from 'node:fs'
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

/** Starts a command over and over, and kills it each time at another moment. */
async function killRepeatedly(
  args: readonly string[],
  folder: string,
  undisturbed: number,
): Promise<void> {
  for (const pause of pauses(KILLS, undisturbed)) {
    const child = startParfocal(args, folder)
    const closed = new Promise(resolve => child.once('close', resolve))
    await new Promise(resolve => setTimeout(resolve, pause))
    child.kill('SIGKILL')
    await closed
  }
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
    await killRepeatedly(['run', 'plate', '--store', 'rough'], folder, undisturbed)
    const rough = await parfocal(['run', 'plate', '--store', 'rough', '--json'], folder)
    expect(rough.code).toBe(calm.code)
    expect(storeContents(join(folder, 'rough'))).toEqual(storeContents(join(folder, 'calm')))
    const verified = await parfocal(['verify', 'rough', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] })
  },
)

test(
  `judging again by other rules, killed ${KILLS} times and completed, leaves what it leaves undisturbed`,
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder()
    const plate = ['--wells', '96', '--fields', '1', '--channels', '3', '--size', '64x64']
    await parfocal(['simulate', 'plate', ...plate, '--seed', '5'], folder)
    await parfocal(['run', 'plate', '--store', 'calm'], folder)
    cpSync(join(folder, 'calm'), join(folder, 'rough'), { recursive: true })
    const rules = [{ metric: 'edge_sharpness', fails: 'below', limit: 0.2, reason: 'soft' }]
    const recipe = { format: 1, name: 'stricter', quality: { rules } }
    writeFileSync(join(folder, 'stricter.json'), JSON.stringify(recipe))
    const again = (store: string): readonly string[] => [
      'run',
      'plate',
      '--store',
      store,
      '--recipe',
      'stricter.json',
      '--json',
    ]
    const startedAt = performance.now()
    const calm = await parfocal(again('calm'), folder)
    const undisturbed = performance.now() - startedAt
    await killRepeatedly(again('rough'), folder, undisturbed)
    const rough = await parfocal(again('rough'), folder)
    expect(rough.code).toBe(calm.code)
    expect(storeContents(join(folder, 'rough'))).toEqual(storeContents(join(folder, 'calm')))
    for (const command of ['verify', 'reproduce']) {
      const { code, stdout } = await parfocal([command, 'rough', '--json'], folder)
      expect(code, stdout).toBe(0)
    }
  },
)
