import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { parfocal, startParfocal } from '../support/command-line.ts'
import { hoursOf, slopePerDay, type Sample } from './soak/hours.ts'
import { drawSoak } from './soak/plot.ts'
import { latenciesSince, processTree } from './soak/probe.ts'

// A day of microscopy, faster: plates that come one after the other, some imaged with defects, some again, while
// `watch` runs; plates older than six hours are moved away, as people do.
// node test/bench/soak.ts [--hours 24] [--speed 10] [--plates 2] [--plot FILE.svg]
// `--plates` an hour, 96 planes each. Prints JSON: memory, handles and latency by the simulated hour, and their slopes.

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    speed: { type: 'string', default: '10' },
    plates: { type: 'string', default: '2' },
    size: { type: 'string', default: '256x256' },
    plot: { type: 'string', default: 'soak.svg' },
  },
})
const hours = Number(values.hours)
/** ms of this clock. */
const hourMs = 3_600_000 / Number(values.speed)
const plateMs = hourMs / Number(values.plates)
const PLANES = 96
const MOVED_AFTER_HOURS = 6
const SAMPLES_PER_HOUR = 30

const base = mkdtempSync(join(tmpdir(), 'parfocal-soak-'))
mkdirSync(join(base, 'screen'))
mkdirSync(join(base, 'moved'))
const watching = startParfocal(['watch', 'screen', '--store', 'store'], base)
let newsBytes = 0
watching.stdout!.on('data', (chunk: Buffer) => (newsBytes += chunk.length))
watching.stderr!.resume()

const startedAt = performance.now()
const ended = startedAt + hours * hourMs
const hour = () => (performance.now() - startedAt) / hourMs
const samples: Sample[] = []

async function sampleUntilEnd(): Promise<void> {
  let since = 0
  while (performance.now() < ended) {
    await sleep(hourMs / SAMPLES_PER_HOUR)
    const { latencies, last } = latenciesSince(join(base, 'store'), since)
    since = last
    samples.push({ hour: hour(), ...processTree(watching.pid!), latencies })
  }
}

async function imageUntilEnd(): Promise<void> {
  for (let plate = 0; ; plate += 1) {
    const due = startedAt + plate * plateMs
    if (due + plateMs > ended) return
    await sleep(Math.max(0, due - performance.now()))
    const old = plate - MOVED_AFTER_HOURS * Number(values.plates)
    if (old >= 0) renameSync(join(base, 'screen', String(old)), join(base, 'moved', String(old)))
    const rate = PLANES / (plateMs / 1000) / 0.9
    const again = plate % 4 === 3 ? ['--again', 'A02'] : []
    const order = ['--wells', '24', '--fields', '2', '--channels', '2', '--size', values.size]
    const folder = join('screen', String(plate))
    const imaged = await parfocal(
      ['simulate', folder, ...order, '--rate', String(rate), '--seed', String(plate), ...again],
      base,
    )
    if (imaged.code !== 0) throw new Error(imaged.stderr)
  }
}

await Promise.all([sampleUntilEnd(), imageUntilEnd()])
const died = watching.exitCode !== null || watching.signalCode !== null
watching.kill('SIGTERM')
await new Promise(resolve => (died ? resolve(null) : watching.once('close', resolve)))
rmSync(base, { recursive: true, force: true })

const byHour = hoursOf(samples)
writeFileSync(values.plot, drawSoak(byHour, `${hours} h at ${values.speed}×`))
// The first hours warm up: workers start, caches fill.
const warm = byHour.filter(({ hour: at }) => at >= hours / 6)
const report = {
  ...values,
  died,
  planesJudged: samples.reduce((sum, { latencies }) => sum + latencies.length, 0),
  newsBytes,
  slopesPerDay: {
    mainMegabytes: slopePerDay(warm, ({ mainMegabytes }) => mainMegabytes),
    workerMegabytes: slopePerDay(warm, ({ workerMegabytes }) => workerMegabytes),
    handles: slopePerDay(warm, ({ handles }) => handles),
    latencySeconds: slopePerDay(warm, ({ latency }) => latency.p50),
  },
  byHour,
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
process.exitCode = died ? 1 : 0
