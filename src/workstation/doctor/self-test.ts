import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { segmentNuclei } from '#core/derive/nuclei.ts'
import { otsuLevel } from '#core/derive/otsu.ts'
import { faultText } from '#core/fault-text.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { encodeTiff, type Deflate } from '#core/image/encode-tiff.ts'
import type { Plane } from '#core/image/plane.ts'
import { measureQuality } from '#core/quality/metrics.ts'
import { openImage } from '../reading/open-image.ts'
import type { ProviderReport } from '../inference/providers.ts'
import { openStore } from '../store/open-store.ts'
import { testField } from './test-field.ts'

/** One thing that this machine was asked to do, and what came of it. */
export interface SelfTest {
  readonly name: string
  readonly ok: boolean
  readonly expected: number | string
  readonly got: number | string
}

/** Of the field that `testField` draws, by NumPy, OpenCV and scikit-image: test/golden/doctor. */
export const EXPECTED = {
  sumOfPixels: 47965553,
  meanIntensity: 0.011168020988680308,
  stdIntensity: 0.012304554320515727,
  focusScore: 0.013556748969220283,
  laplacianVariance: 86262.78863714635,
  otsuLevel: 1810,
  objects: 16,
} as const

/** Of networks whose every sum is exact in float32, by PyTorch: test/golden/inference. */
export const NETWORK_CHECKSUM = 462.61669921875

/** Sums of 65,536 numbers in another order differ by less; a broken kernel differs by far more. */
const RELATIVE_TOLERANCE = 1e-9

/** Draws, measures, segments, writes and reads on this machine, and compares with what is known. */
export async function runSelfTests(): Promise<Result<readonly SelfTest[]>> {
  const field = testField()
  const metrics = measureQuality.run(field, measureQuality.defaults)
  let folder: string | null = null
  try {
    folder = mkdtempSync(join(tmpdir(), 'parfocal-doctor-'))
    return ok([
      compare('sum of the test field', EXPECTED.sumOfPixels, sumOf(field)),
      compare('mean intensity', EXPECTED.meanIntensity, metrics.MeanIntensity),
      compare('standard deviation', EXPECTED.stdIntensity, metrics.StdIntensity),
      compare('focus score', EXPECTED.focusScore, metrics.FocusScore),
      compare('Laplacian variance', EXPECTED.laplacianVariance, metrics.laplacian_variance),
      compare('Otsu threshold', EXPECTED.otsuLevel, otsuLevel(levelsOf(field))),
      compare(
        'objects found',
        EXPECTED.objects,
        segmentNuclei.run(field, segmentNuclei.defaults).labels.count,
      ),
      await roundTrip('16-bit TIFF, uncompressed', join(folder, 'plain.tif'), field),
      await roundTrip('16-bit TIFF, deflate', join(folder, 'deflated.tif'), field, bytes =>
        deflateSync(bytes),
      ),
      storeOpens(join(folder, 'store')),
    ])
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    return fail({ kind: 'output-not-writable', path: tmpdir(), detail: cause.message })
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether the CPU, on which every network can run, computes small ones exactly. */
export function networkTest(providers: readonly ProviderReport[]): SelfTest {
  const cpu = providers.find(({ provider }) => provider === 'cpu')
  return compare('networks on the CPU', NETWORK_CHECKSUM, cpu?.checksum ?? null)
}

/** @param got null where nothing could be measured. */
export function compare(name: string, expected: number, got: number | null): SelfTest {
  const ok = got !== null && Math.abs(got - expected) <= RELATIVE_TOLERANCE * Math.abs(expected)
  return { name, ok, expected, got: got ?? 'nothing measured' }
}

function sumOf({ pixels }: Plane): number {
  let sum = 0
  for (let i = 0; i < pixels.length; i += 1) sum += pixels[i]!
  return sum
}

function levelsOf({ pixels }: Plane): Uint32Array {
  const counts = new Uint32Array(65536)
  for (let i = 0; i < pixels.length; i += 1) counts[pixels[i]!]! += 1
  return counts
}

/** Writes a plane and reads it back; every bit has to come back. */
async function roundTrip(
  name: string,
  path: string,
  { width, height, pixels }: Plane,
  deflate?: Deflate,
): Promise<SelfTest> {
  writeFileSync(path, encodeTiff({ width, height, pixels }, deflate))
  const expected = sha256(pixels)
  const image = await openImage(path)
  const raster = image.ok ? await image.value.readPage(0) : image
  const got = raster.ok ? sha256(raster.value.pixels) : faultText(raster.fault)
  return { name, ok: got === expected, expected, got }
}

function sha256({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

/** Makes a store, which reads every safeguard of its database back, and closes it. */
function storeOpens(folder: string): SelfTest {
  const expected = 'opens'
  const store = openStore(folder)
  if (store.ok) store.value.close()
  const got = store.ok ? expected : faultText(store.fault)
  return { name: 'store in the temporary folder', ok: store.ok, expected, got }
}
