import { appendFileSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { NetworkFile } from '#workstation/analysis/job.ts'
import { createNetworkBench } from '#workstation/inference/network-bench.ts'
import { InferenceSession } from '#workstation/inference/runtime.ts'
import { writePackage } from '../../support/model-packages.ts'
import { networkIn } from '../../support/shipped-networks.ts'
import { temporaryFolder } from '../../support/stores.ts'
import { valueOf } from '../../support/value-of.ts'

const IMAGE = { data: new Float32Array(64 * 64).fill(0.25), dims: [1, 1, 64, 64] }

/** Counts the runtime's sessions, which are real. */
function watchSessions() {
  const create = InferenceSession.create.bind(InferenceSession)
  const counts = { made: 0, released: 0 }
  vi.spyOn(InferenceSession, 'create').mockImplementation(async (...args: unknown[]) => {
    const session = await Reflect.apply(create, null, args)
    counts.made += 1
    const release = session.release.bind(session)
    session.release = async () => {
      counts.released += 1
      await release()
    }
    return session
  })
  return counts
}

afterEach(() => vi.restoreAllMocks())

async function networks(...gains: readonly number[]): Promise<readonly NetworkFile[]> {
  const folder = temporaryFolder()
  return Promise.all(
    gains.map((gain, i) => {
      const id = `paper-${i + 1}`
      return networkIn(writePackage(join(folder, id), { id, gain }))
    }),
  )
}

describe('a bench', () => {
  test('opens networks and runs them', async () => {
    const files = await networks(1, 3)
    const open = valueOf(await createNetworkBench(1).open(files, ['cpu']))
    expect(open.map(({ description }) => description.id)).toEqual(['paper-1', 'paper-2'])
    const given = await Promise.all(open.map(({ run }) => run({ raw: IMAGE })))
    expect(given.map(({ probability }) => probability!.data[0])).toEqual([0.25, 0.75])
    for (const network of open) await network.release()
  })

  test('keeps them open from one field to the next', async () => {
    const counts = watchSessions()
    const files = await networks(1, 3)
    const bench = createNetworkBench(1)
    const first = valueOf(await bench.open(files, ['cpu']))
    const second = valueOf(await bench.open(files.toReversed(), ['cpu']))
    expect(counts).toEqual({ made: 2, released: 0 })
    expect(second).toEqual(first.toReversed())
    valueOf(await bench.open([], ['cpu']))
    expect(counts).toEqual({ made: 2, released: 2 })
  })

  test('gives up those that nobody asks for any more', async () => {
    const counts = watchSessions()
    const [one, two] = await networks(1, 3)
    const bench = createNetworkBench(1)
    valueOf(await bench.open([one!, two!], ['cpu']))
    valueOf(await bench.open([two!], ['cpu']))
    expect(counts).toEqual({ made: 2, released: 1 })
    const [still] = valueOf(await bench.open([two!], ['cpu']))
    const { probability } = await still!.run({ raw: IMAGE })
    expect(probability!.data[0]).toBe(0.75)
    valueOf(await bench.open([], ['cpu']))
  })

  test('opens a network once however often a recipe names it', async () => {
    const counts = watchSessions()
    const [one] = await networks(1)
    const bench = createNetworkBench(1)
    expect(valueOf(await bench.open([one!, one!], ['cpu']))).toHaveLength(2)
    expect(counts.made).toBe(1)
    valueOf(await bench.open([], ['cpu']))
  })

  test('tells networks apart that have the same weights and another description', async () => {
    const [one, two] = await networks(2, 2)
    expect(two!.weights.sha256).toBe(one!.weights.sha256)
    const bench = createNetworkBench(1)
    const both = valueOf(await bench.open([one!, two!], ['cpu']))
    expect(both.map(({ description }) => description.id)).toEqual(['paper-1', 'paper-2'])
    const [later] = valueOf(await bench.open([two!], ['cpu']))
    expect(later!.description.id).toBe('paper-2')
    valueOf(await bench.open([], ['cpu']))
  })

  test('refuses weights that are not those that were registered', async () => {
    const [one] = await networks(1)
    appendFileSync(one!.weights.path, 'x')
    expect(await createNetworkBench(1).open([one!], ['cpu'])).toEqual({
      ok: false,
      fault: {
        kind: 'model-not-usable',
        model: 'paper-1@1.0.0',
        detail: 'its weights are not those that were registered',
      },
    })
  })

  test('keeps no network open that came with one that was refused', async () => {
    const counts = watchSessions()
    const [kept, good, bad] = await networks(1, 2, 3)
    copyFileSync(good!.weights.path, bad!.weights.path)
    const bench = createNetworkBench(1)
    valueOf(await bench.open([kept!], ['cpu']))
    for (let field = 0; field < 3; field += 1) {
      expect((await bench.open([kept!, good!, bad!], ['cpu'])).ok).toBe(false)
    }
    expect(counts.made - counts.released).toBe(1)
    // What was open before still is.
    valueOf(await bench.open([kept!], ['cpu']))
    expect(counts.made - counts.released).toBe(1)
    valueOf(await bench.open([], ['cpu']))
    expect(counts.made - counts.released).toBe(0)
  })

  test('keeps no network open that is not what its description says', async () => {
    const counts = watchSessions()
    const [one] = await networks(1)
    const odd = { ...one!, description: { ...one!.description, outputs: [] } }
    const opened = await createNetworkBench(1).open([odd], ['cpu'])
    expect(opened).toMatchObject({ ok: false, fault: { kind: 'model-not-usable' } })
    expect(counts).toEqual({ made: 1, released: 1 })
  })

  test('says who serves, with how many threads, and that nobody fell back', async () => {
    const [one] = await networks(1)
    const bench = createNetworkBench(3)
    const [network] = valueOf(await bench.open([one!], ['cpu']))
    const served = network!.served()
    expect(served).toMatchObject({ provider: 'cpu', threads: 3, fellBack: null })
    expect(served.runtime).toMatch(/^onnxruntime-node \d+\.\d+\.\d+, optimisation \w+$/)
    valueOf(await bench.open([], ['cpu']))
  })

  test('falls back to the CPU where there is no other, and says why', async () => {
    const [one] = await networks(1)
    const bench = createNetworkBench(1)
    // No build of the runtime has both.
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml'
    const [network] = valueOf(await bench.open([one!], [absent]))
    expect(network!.served().provider).toBe('cpu')
    expect(network!.served().fellBack).toContain(absent)
    valueOf(await bench.open([], ['cpu']))
  })
})
