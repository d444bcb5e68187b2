import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import { Inference } from '#core/infer/inference-params.ts'
import { NUCLEI_FLUORESCENCE, type Recipe } from '#core/recipe.ts'
import { analyseField } from '#workstation/analysis/analyse-field.ts'
import type { FieldJob, NetworkFile, PlaneSource } from '#workstation/analysis/job.ts'
import { startWorker } from '#workstation/analysis/worker-process.ts'
import { createNetworkBench, type NetworkBench } from '#workstation/inference/network-bench.ts'
import { bundledPackages } from '#workstation/inference/registry/bundled-models.ts'
import { drawNucleiField } from '../support/nuclei-field.ts'
import { shippedNetwork } from '../support/shipped-networks.ts'
import { valueOf } from '../support/value-of.ts'

// What networks cost a field, from its file to its rows, beside what the runtime alone takes in the same run, and
// what that does to the memory of a worker and to the process that waits for it: node test/bench/inference.ts
// --quick takes smaller fields and fewer of them.
// Prints JSON. Members beyond those that ship are the first again under other names.

const QUICK = process.argv.includes('--quick')
const SIDE = QUICK ? 512 : 2160
const REPEATS = 3
const FIELDS = QUICK ? 6 : 30
const SMALLEST = 256

const folder = mkdtempSync(join(tmpdir(), 'parfocal-inference-'))

function writeField(name: string, width: number, height: number, seed: number): string {
  const nuclei = Math.round((width * height) / 1900)
  const path = join(folder, name)
  writeFileSync(path, encodeTiff(drawNucleiField({ width, height, nuclei, radius: 13, seed })))
  return path
}

async function ensemble(count: number): Promise<readonly NetworkFile[]> {
  const ids = new Set(bundledPackages().map(({ model }) => model))
  const members: NetworkFile[] = []
  for (let i = 1; i <= count; i += 1) {
    const shipped = await shippedNetwork(ids.has(`nuclei-${i}`) ? `nuclei-${i}` : 'nuclei-1')
    members.push(ids.has(`nuclei-${i}`) ? shipped : { ...shipped, reference: `again-${i}@1.0.0` })
  }
  return members
}

function jobFor(path: string, networks: readonly NetworkFile[]): FieldJob {
  const models = networks.map(({ reference }) => reference)
  const recipe: Recipe = { ...NUCLEI_FLUORESCENCE, infer: Inference.parse({ models }) }
  const place = {
    path,
    page: 0,
    channel: 'DAPI',
    z: 0,
    projection: false,
    sharpness: null,
    pixelSize: null,
  }
  const plane: PlaneSource = { key: 1, ...place }
  const analyse = { segmented: 'DAPI', candidates: [plane], store: folder, networks }
  return { kind: 'field', judge: [plane], analyse, recipe }
}

interface Spent {
  readonly seconds: number
  /** Of all threads: on a PC that does other things too it says more than the clock. */
  readonly processorSeconds: number
}

function stopwatch(): () => Spent {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    const seconds = (performance.now() - startedAt) / 1000
    return { seconds, processorSeconds: (user + system) / 1e6 }
  }
}

/** A bench that adds up how long its networks run. */
function timed(bench: NetworkBench): { bench: NetworkBench; running: () => Spent } {
  let running: Spent = { seconds: 0, processorSeconds: 0 }
  return {
    running: () => running,
    bench: {
      async open(files, providers) {
        const opened = await bench.open(files, providers)
        if (!opened.ok) return opened
        const value = opened.value.map(network => ({
          ...network,
          async run(inputs: Parameters<typeof network.run>[0]) {
            const stop = stopwatch()
            const outputs = await network.run(inputs)
            const { seconds, processorSeconds } = stop()
            running = {
              seconds: running.seconds + seconds,
              processorSeconds: running.processorSeconds + processorSeconds,
            }
            return outputs
          },
        }))
        return { ok: true, value }
      },
    },
  }
}

/** From the file to the rows of its objects, in this process; the networks are open before. */
async function timeField(path: string, networks: readonly NetworkFile[]) {
  const job = jobFor(path, networks)
  const kept = createNetworkBench()
  valueOf(await kept.open(networks, ['cpu']))
  const runs: { all: Spent; running: Spent; objects: number }[] = []
  for (let i = 0; i < REPEATS; i += 1) {
    const { bench, running } = timed(kept)
    const stop = stopwatch()
    const { analysis } = await analyseField(job, bench)
    const all = stop()
    runs.push({ all, running: running(), objects: valueOf(analysis!.result).count })
  }
  valueOf(await kept.open([], ['cpu']))
  const middle = runs.toSorted((a, b) => a.all.seconds - b.all.seconds)[REPEATS >> 1]!
  return { ...middle, ratio: middle.all.seconds / middle.running.seconds }
}

/** Fields of many sizes through one worker: what it holds after each, and how long this process was held up at most. */
async function watchWorker(networks: readonly NetworkFile[]) {
  const paths = Array.from({ length: FIELDS }, (_, i) => {
    // Sizes far apart follow on each other.
    const side = (turn: number): number =>
      SMALLEST + Math.round((((i * turn) % FIELDS) / Math.max(1, FIELDS - 1)) * (SIDE - SMALLEST))
    return writeField(`field-${i}.tif`, side(7), side(11), i)
  })
  const worker = startWorker({ deadlineMs: 600_000, memoryBytes: 8 * 2 ** 30 })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const known = new Set<number>()
  const megabytes: number[] = []
  try {
    for (const path of paths) {
      delay.enable()
      const answer = await worker.run(jobFor(path, networks))
      delay.disable()
      if (!answer.ok) throw new Error(JSON.stringify(answer.loss))
      valueOf(answer.reply.analysis!.result)
      for (const pid of childrenOf()) known.add(pid)
      megabytes.push(Math.max(0, ...[...known].map(peakOf)))
    }
  } finally {
    worker.end()
  }
  return { megabytes, longestPauseMs: delay.max / 1e6 }
}

/** Only Linux says so; elsewhere there are none. */
function childrenOf(): readonly number[] {
  try {
    const list = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    return list.trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

/** Most resident memory that a process ever had, in megabytes. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

try {
  const path = writeField('whole.tif', SIDE, SIDE, 1)
  const one = await timeField(path, await ensemble(1))
  const three = await timeField(path, await ensemble(3))
  const worker = await watchWorker(await ensemble(1))
  console.log(JSON.stringify({ side: SIDE, members: { 1: one, 3: three }, worker }, null, 2))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
