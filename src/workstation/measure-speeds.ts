import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import { encodeTiff } from '#core/image/encode-tiff.ts'
import type { Plane } from '#core/image/plane.ts'
import { measureObjects } from '#core/measure/objects.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { NUCLEI_FLUORESCENCE } from '#core/recipe.ts'
import { SCIENTIFIC_CMOS } from '#core/simulate/camera.ts'
import { CHANNELS } from '#core/simulate/channel.ts'
import { PLATE_OBJECTIVE } from '#core/simulate/optics.ts'
import { simulateField } from '#core/simulate/simulate-field.ts'
import { openImage } from './reading/open-image.ts'
import { runFolder } from './run-folder.ts'
import { openWorkstation } from './workstation.ts'

/** How long one thing takes on this machine. */
export interface Speed {
  readonly name: string
  /** Median of the repetitions, or the whole time divided by what was done. */
  readonly seconds: number
  readonly unit: string
  readonly perSecond: number
}

const SIDE = 2160
const REPETITIONS = 5
const RUN_PLANES = 32

/** Times the path of one image, step by step and as a whole, on a simulated field of 2160 × 2160 pixels. */
export async function measureSpeeds(
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<readonly Speed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parfocal-bench-'))
  try {
    const plane = simulatedPlane()
    const { quality, derive } = NUCLEI_FLUORESCENCE
    const { labels } = segmentNuclei.run(plane, derive.nuclei)
    const channels = [{ name: 'DNA', plane }]
    const plain = join(folder, 'plain.tif')
    const deflated = join(folder, 'deflated.tif')
    writeFileSync(plain, encodeTiff(plane16(plane)))
    writeFileSync(
      deflated,
      encodeTiff(plane16(plane), bytes => deflateSync(bytes)),
    )
    const size = `${SIDE}×${SIDE}`
    const tasks: readonly [name: string, work: () => unknown][] = [
      [`read and hash ${size}, uncompressed`, () => readWhole(plain)],
      [`read and hash ${size}, deflate`, () => readWhole(deflated)],
      [`quality metrics ${size}`, () => measureQuality.run(plane, quality.metrics)],
      [`find nuclei ${size}`, () => segmentNuclei.run(plane, derive.nuclei)],
      [
        `measure ${labels.count} nuclei ${size}`,
        () => measureObjects.run({ labels, channels }, measureObjects.defaults),
      ],
    ]
    const speeds: Speed[] = []
    for (const [i, [name, work]] of tasks.entries()) {
      speeds.push(speedOf(name, await medianSeconds(work), 'planes'))
      onProgress(i + 1, tasks.length + 1)
    }
    speeds.push(await qualityRun(folder, plane))
    onProgress(tasks.length + 1, tasks.length + 1)
    return speeds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function simulatedPlane(): Plane {
  const [channel] = CHANNELS
  const field = simulateField({
    seed: 1,
    well: { row: 0, column: 0 },
    site: 1,
    width: SIDE,
    height: SIDE,
    optics: PLATE_OBJECTIVE,
    camera: SCIENTIFIC_CMOS,
    planes: [{ channel: channel!, defects: [] }],
  })
  return field.planes[0]!.plane
}

function plane16({ width, height, pixels }: Plane): Parameters<typeof encodeTiff>[0] {
  return { width, height, pixels }
}

async function readWhole(path: string): Promise<void> {
  const image = await openImage(path)
  if (!image.ok) throw new Error(image.fault.kind)
  await image.value.readPage(0)
}

async function medianSeconds(work: () => unknown): Promise<number> {
  await work()
  const seconds: number[] = []
  for (let i = 0; i < REPETITIONS; i += 1) {
    const startedAt = performance.now()
    await work()
    seconds.push((performance.now() - startedAt) / 1000)
  }
  return seconds.sort((a, b) => a - b)[Math.floor(REPETITIONS / 2)]!
}

/** A quality-only run over uncompressed planes, from the folder to the store, on all cores. */
async function qualityRun(folder: string, plane: Plane): Promise<Speed> {
  const images = join(folder, 'images')
  mkdirSync(images)
  const bytes = encodeTiff(plane16(plane))
  for (let i = 1; i <= RUN_PLANES; i += 1) {
    writeFileSync(join(images, `bench_A01_s${i}.tif`), bytes)
  }
  const opened = openWorkstation({
    storeFolder: join(folder, 'store'),
    recipe: NUCLEI_FLUORESCENCE,
  })
  if (!opened.ok) throw new Error(opened.fault.kind)
  const startedAt = performance.now()
  const result = await runFolder(opened.value, images, { naming: 'loose', qualityOnly: true })
  const seconds = (performance.now() - startedAt) / 1000 / RUN_PLANES
  opened.value.close()
  if (!result.ok) throw new Error(result.fault.kind)
  const name = `quality-only run, ${SIDE}×${SIDE}, ${opened.value.pool.size} workers`
  return speedOf(name, seconds, 'planes')
}

function speedOf(name: string, seconds: number, unit: string): Speed {
  return { name, seconds, unit, perSecond: 1 / seconds }
}
