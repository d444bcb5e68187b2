import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { NAMINGS } from '#workstation/simulate/namings/registry.ts'
import { parfocal, startParfocal } from '../support/command-line.ts'
import { temporaryFolder } from '../support/stores.ts'

const WRITTEN = Object.keys(NAMINGS).filter(name => name !== 'pattern')
const WHOLE = { planes: 2 * 2 * 2, judged: 2 * 2 * 2 }

interface Counted {
  readonly plate: string
  readonly instrument: string
  readonly planes: number
  readonly judged: number
}

/** Planes that count, by plate. */
function counted(store: string): readonly Counted[] {
  const db = new Database(join(store, 'parfocal.sqlite'), { readonly: true, fileMustExist: true })
  try {
    return db
      .prepare(
        `SELECT plate.name AS plate, instrument, count(*) AS planes,
                sum(state IN ('pass', 'fail', 'cannot-judge')) AS judged
         FROM planeStanding
         JOIN plate ON plate.id = planeStanding.plateId
         JOIN acquisition ON acquisition.id = planeStanding.acquisitionId
         WHERE supersededBy IS NULL GROUP BY planeStanding.plateId, planeStanding.acquisitionId`,
      )
      .all() as Counted[]
  } finally {
    db.close()
  }
}

test(
  'plates of all instruments are followed while they are imaged, and each plane counts once',
  { timeout: 300_000 },
  async () => {
    const folder = temporaryFolder()
    const store = join(folder, 'store')
    mkdirSync(join(folder, 'screens'))
    const watching = startParfocal(['watch', 'screens', '--store', 'store'], folder)
    const closed = new Promise(resolve => watching.once('close', resolve))
    let news = ''
    watching.stdout!.setEncoding('utf8').on('data', (text: string) => (news += text))
    watching.stderr!.resume()
    try {
      const order = ['--wells', '2', '--fields', '2', '--channels', '2', '--size', '96x96']
      const simulated = WRITTEN.map((name, i) => {
        const own = ['--naming', name, '--seed', String(i + 1), '--defects', 'none', '--rate', '2']
        return parfocal(['simulate', join('screens', name), ...order, ...own], folder)
      })
      for (const { code } of await Promise.all(simulated)) expect(code).toBe(0)
      const all = WRITTEN.map(name => name.replace(/-0\.5$/, '')).sort()
      await vi.waitFor(
        () => {
          const plates = counted(store)
          expect(plates.map(({ instrument }) => instrument).sort()).toEqual(all)
          for (const { planes, judged } of plates) expect({ planes, judged }).toEqual(WHOLE)
        },
        { timeout: 120_000, interval: 500 },
      )
    } finally {
      watching.kill('SIGTERM')
      await closed
    }
    expect(news).not.toContain('unreadable')
    expect(news).not.toContain('fault ')
    const verified = await parfocal(['verify', 'store', '--json'], folder)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, problems: [] })
  },
)
