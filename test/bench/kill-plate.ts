import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomFrom } from '#core/simulate/random.ts'
import { parfocal, startParfocal } from '../support/command-line.ts'

// A plate that is written while the process that watches it is killed again and again:
// node test/bench/kill-plate.ts [--wells 384] [--fields 9] [--channels 4] [--rate 40] [--kills 10] [--size 64x64]
// Prints JSON: planes written, accepted, judged; what is lost, what is twice, what was read before it was whole.
// Ends with 1 where anything is.

const { values } = parseArgs({
  options: {
    wells: { type: 'string', default: '384' },
    fields: { type: 'string', default: '9' },
    channels: { type: 'string', default: '4' },
    rate: { type: 'string', default: '40' },
    kills: { type: 'string', default: '10' },
    size: { type: 'string', default: '64x64' },
    seed: { type: 'string', default: '1' },
    /** Longest wait for the last verdict after the last plane, s. */
    patience: { type: 'string', default: '900' },
  },
})
const { kills, patience, ...order } = values
const planes = Number(order.wells) * Number(order.fields) * Number(order.channels)
const seconds = planes / Number(order.rate)
const base = mkdtempSync(join(tmpdir(), 'parfocal-kill-plate-'))
const store = join(base, 'store', 'parfocal.sqlite')
const { uniform } = randomFrom('kill-plate', Number(order.seed))
const startedAt = performance.now()
const told = (text: string) =>
  process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0)} s: ${text}\n`)

const args = Object.entries(order).flatMap(([name, value]) => [`--${name}`, value])
const written = parfocal(['simulate', 'plate', ...args, '--defects', 'none'], base)

let stopped = false
let killed = 0
let watching = startWatch()
for (let i = 0; i < Number(kills); i += 1) {
  await sleep((seconds * 1000 * (0.5 + uniform())) / (Number(kills) + 1))
  killed += 1
  told(`kill ${killed} at ${judged()} verdicts`)
  watching.kill('SIGKILL')
}
const simulated = await written
if (simulated.code !== 0) throw new Error(simulated.stderr)
told(`all ${planes} planes are written, ${judged()} judged`)
const lastPlane = performance.now()
while (judged() < planes && performance.now() - lastPlane < Number(patience) * 1000)
  await sleep(500)
const caughtUpAfter = (performance.now() - lastPlane) / 1000
// Whatever would be done twice has time to be.
await sleep(20_000)
stopped = true
watching.kill('SIGTERM')
await new Promise(resolve => watching.once('close', resolve))

const report = { ...values, planes, killed, caughtUpAfter, ...(await whatHappened()) }
const verified = await parfocal(['verify', 'store', '--json'], base)
const sound = (JSON.parse(verified.stdout) as { ok: boolean }).ok
process.stdout.write(`${JSON.stringify({ ...report, verified: sound }, null, 2)}\n`)
rmSync(base, { recursive: true, force: true })
const { lost, twice, notWhole, faults } = report
process.exitCode = sound && lost + twice + notWhole + faults === 0 ? 0 : 1

/** Watches, and again whenever it was killed. */
function startWatch() {
  const child = startParfocal(['watch', 'plate', '--store', 'store'], base)
  child.stdout!.resume()
  child.stderr!.resume()
  child.once('close', () => {
    if (!stopped) watching = startWatch()
  })
  return child
}

function ask<T>(sql: string): readonly T[] {
  const db = new Database(store, { readonly: true, fileMustExist: true })
  try {
    return db.prepare(sql).all() as T[]
  } finally {
    db.close()
  }
}

function judged(): number {
  try {
    return ask<{ n: number }>('SELECT count(DISTINCT planeId) AS n FROM verdict')[0]!.n
  } catch {
    // No store yet.
    return 0
  }
}

async function whatHappened() {
  const files = readdirSync(join(base, 'plate'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.tif'))
    .map(name => join(base, 'plate', name))
  const accepted = ask<{ path: string; n: number }>(
    'SELECT path, count(*) AS n FROM plane JOIN file ON file.id = fileId GROUP BY path',
  )
  const versions = new Map(accepted.map(({ path, n }) => [path, n]))
  const judgements = ask<{ path: string; sha256: string; n: number }>(
    `SELECT location AS path, sha256, count(*) AS n
     FROM activity JOIN used ON used.activityId = activity.id JOIN entity ON entity.id = entityId
     WHERE activity.kind = 'quality' GROUP BY location, sha256`,
  )
  const read = Map.groupBy(judgements, ({ path }) => path)
  let notWhole = 0
  for (const path of files) {
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
    if (read.get(path)?.some(one => one.sha256 !== sha256) === true) notWhole += 1
  }
  const entered = (path: string) => versions.get(path) ?? 0
  const times = (path: string) => read.get(path)?.reduce((sum, { n }) => sum + n, 0) ?? 0
  return {
    written: files.length,
    accepted: accepted.length,
    lost: files.filter(path => entered(path) === 0 || times(path) === 0).length,
    twice: files.filter(path => entered(path) > 1 || times(path) > 1).length,
    /** Planes of which other bytes were judged than those that were there in the end. */
    notWhole,
    faults: ask<{ n: number }>('SELECT count(*) AS n FROM fault')[0]!.n,
  }
}
