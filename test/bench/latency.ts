import { spawn } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openDesk } from '#workstation/desk/open-desk.ts'
import type { SettledFile } from '#workstation/intake/watched-folder.ts'

// Time from a plane's settling to the event that tells its verdict, while a plate is acquired and its objects are looked for:
// node test/bench/latency.ts [--wells 24] [--fields 2] [--channels 2] [--size 512x512] [--rate 4]
// Prints JSON: percentiles in seconds, of settling → event and of the file's last byte → event.

const { values } = parseArgs({
  options: {
    wells: { type: 'string', default: '24' },
    fields: { type: 'string', default: '2' },
    channels: { type: 'string', default: '2' },
    size: { type: 'string', default: '512x512' },
    rate: { type: 'string', default: '4' },
  },
})
const base = mkdtempSync(join(tmpdir(), 'parfocal-latency-'))
const folder = join(base, 'plate')
mkdirSync(folder)

const opened = await openDesk({
  storeFolder: join(base, 'store'),
  folders: [folder],
  simulate: false,
  recipe: null,
  host: { kind: 'web', electron: null, chrome: null, chooseFolder: null, loginItem: null },
  report: cause => {
    process.stderr.write(`${String(cause)}\n`)
    return 'T'
  },
})
if (!opened.ok) throw new Error(JSON.stringify(opened.fault))
const desk = opened.value

/** By well, site and wave: when the plane settled and when its last byte was written, in ms since 1970. */
const settled = new Map<string, { readonly at: number; readonly written: number }>()
subscribe('parfocal.settled', message => {
  for (const { path, absolute } of message as readonly SettledFile[]) {
    const plane = /_([A-Z]+\d+_s\d+_w\d+)\.tif$/.exec(path)?.[1]
    if (plane === undefined) continue
    settled.set(plane, { at: Date.now(), written: statSync(absolute).mtimeMs })
  }
})

const told = new Map<string, number>()
let cursor = 0
let objects = 0
desk.listen((name, what) => {
  if (name !== 'plate.changed') return
  const now = Date.now()
  const { summary } = what as {
    readonly summary: { plateId: number; channels: string[]; objects: number }
  }
  objects = summary.objects
  void desk.api['quality.planes']({
    plateId: summary.plateId as never,
    after: cursor,
    metrics: [],
  }).then(reply => {
    if (!reply.ok) throw new Error(JSON.stringify(reply.fault))
    const { well, site, channel } = reply.value
    cursor = reply.value.cursor
    for (const [i, name] of well.entries()) {
      told.set(`${name}_s${site[i]}_w${summary.channels.indexOf(channel[i]!) + 1}`, now)
    }
  })
})

const cli = fileURLToPath(new URL('../../src/cli/parfocal.ts', import.meta.url))
const order = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value])
const microscope = spawn(
  process.execPath,
  [cli, 'simulate', folder, ...order, '--defects', 'defocus:0.1,bubble:0.05'],
  { stdio: ['ignore', 'ignore', 'inherit'] },
)
await new Promise(resolve => microscope.once('close', resolve))
await new Promise(resolve => setTimeout(resolve, 5_000))
await desk.close()
rmSync(base, { recursive: true, force: true })

const seconds = (since: (plane: { at: number; written: number }) => number): number[] =>
  [...settled]
    .map(([plane, times]) => ((told.get(plane) ?? NaN) - since(times)) / 1000)
    .sort((a, b) => a - b)
const percentiles = (sorted: readonly number[]) =>
  Object.fromEntries([50, 95, 100].map(p => [p, sorted[Math.ceil((p / 100) * sorted.length) - 1]]))
const report = {
  cores: availableParallelism(),
  ...values,
  planes: settled.size,
  untold: [...settled.keys()].filter(plane => !told.has(plane)).length,
  objects,
  settledToEvent: percentiles(seconds(({ at }) => at)),
  writtenToEvent: percentiles(seconds(({ written }) => written)),
}
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
