import { MAP_SIDE } from '#contract/pixels.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { halveByMean } from '#core/image/halve-by-mean.ts'
import type { Plane } from '#core/image/plane.ts'
import { fileSource } from '../reading/byte-source.ts'
import { readStructure } from '../reading/image-format.ts'
import { withFile } from '../reading/open-file.ts'
import { decodePage } from '../reading/open-image.ts'

/**
 * A map that networks made of a field, from the first page of its artifact: 8 bits, one channel. What is larger than
 * {@link MAP_SIDE} is halved until it is not. `artifact-missing` where there is no file.
 */
export async function readPredictionMap(path: string): Promise<Result<Plane>> {
  const read = await withFile(path, null, async ({ handle, size }): Promise<Result<Plane>> => {
    const source = fileSource(path, handle, size)
    const structure = await readStructure(source)
    if (!structure.ok) return structure
    const { width, height, samples, bits, sampleFormat, refusal } = structure.value.pages[0]!
    const unsupported = (detail: string) => fail({ kind: 'image-unsupported', path, detail })
    if (refusal !== null) return fail({ ...refusal, path })
    if (samples !== 1) return unsupported(`a map of ${samples} samples`)
    if (bits !== 8 || sampleFormat !== 'unsigned') return unsupported(`a map of ${bits} bits`)
    const pixels = await decodePage(source, structure.value, 0)
    if (!pixels.ok) return pixels
    if (!(pixels.value instanceof Uint8Array)) return unsupported(`a map of ${bits} bits`)
    return ok(withinSide({ width, height, pixels: pixels.value, fullScale: 255 }))
  })
  return !read.ok && read.fault.kind === 'file-not-found'
    ? fail({ kind: 'artifact-missing', path })
    : read
}

function withinSide(plane: Plane): Plane {
  let map = plane
  while (Math.max(map.width, map.height) > MAP_SIDE) map = halveByMean(map)
  return map
}
