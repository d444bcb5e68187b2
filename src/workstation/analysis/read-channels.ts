import { fail, ok, type Result } from '#core/fault.ts'
import type { Projection } from '#core/prepare/choose-planes.ts'
import { projectStack } from '#core/prepare/project-stack.ts'
import type { FileRead, PlaneSource } from './job.ts'
import type { PlaneCache, ReadPlane } from './plane-cache.ts'
import type { PlaneInHand } from './plane-in-hand.ts'

/**
 * Reads the planes that were chosen, and projects those of one channel plane by plane.
 *
 * Faults: that of a plane which cannot be read, `size-mismatch` and `format-mismatch` where planes do not go together.
 * @param by how several planes of a channel are made one
 * @param onFile is told of every file that was read
 */
export async function readChannels(
  cache: PlaneCache,
  chosen: readonly PlaneSource[],
  by: Projection,
  onFile: (file: FileRead) => void,
): Promise<Result<readonly PlaneInHand[]>> {
  const inHand: PlaneInHand[] = []
  let first: ReadPlane | null = null
  for (const [channel, sources] of Map.groupBy(chosen, source => source.channel)) {
    const projection = sources.length > 1 ? projectStack(by) : null
    let representative: ReadPlane | null = null
    let beneath: ReadPlane | null = null
    for (const source of sources.toSorted((a, b) => a.z - b.z)) {
      const read = await cache.read(source)
      if (!read.ok) return read
      onFile(read.value.file)
      first ??= read.value
      beneath ??= read.value
      const detail = mismatch(read.value, first) ?? otherType(read.value, beneath)
      if (detail !== null) return fail({ ...detail, path: source.path })
      projection?.add(read.value.plane)
      if (source === sources[0]) representative = read.value
    }
    const { plane, pixelSize } = representative!
    inHand.push({
      channel,
      sources,
      plane: projection?.finish() ?? plane,
      pixelSize: sources[0]!.pixelSize ?? pixelSize,
    })
  }
  return ok(inHand)
}

interface Mismatch {
  readonly kind: 'size-mismatch' | 'format-mismatch'
  readonly detail: string
}

/**
 * Why a plane does not go together with the first of its field; null where it does. Pixels of 32 bits among those of
 * a camera are of another scale: instruments write such files now and then.
 */
function mismatch({ plane, bits }: ReadPlane, first: ReadPlane): Mismatch | null {
  const { width, height } = first.plane
  if (plane.width !== width || plane.height !== height) {
    const detail = `${plane.width}×${plane.height} beside ${width}×${height}`
    return { kind: 'size-mismatch', detail }
  }
  if (bits > MOST_CAMERA_BITS === first.bits > MOST_CAMERA_BITS) return null
  return { kind: 'format-mismatch', detail: `${bits}-bit beside ${first.bits}-bit pixels` }
}

const MOST_CAMERA_BITS = 16

/** Why a plane cannot be projected with the first of its stack; null where it can. */
function otherType({ plane, bits }: ReadPlane, first: ReadPlane): Mismatch | null {
  if (plane.pixels.constructor === first.plane.pixels.constructor) return null
  return { kind: 'format-mismatch', detail: `${bits}-bit beside ${first.bits}-bit pixels` }
}
