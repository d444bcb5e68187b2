import { pipeline } from 'node:stream/promises'
import { createInflate, inflateSync } from 'node:zlib'

/** Up to this size one call costs less than a stream; microscopes' strips are smaller. */
const ONE_CALL_BYTES = 2 ** 20
const CHUNK_BYTES = 2 ** 18

/**
 * Inflates a zlib stream (RFC 1950) into `out` and never beyond; what follows a full `out` is passed over.
 *
 * @param parts begins the stream anew at each call.
 * @returns what is wrong with the stream, null where nothing is.
 */
export async function inflateInto(
  parts: () => AsyncIterable<Uint8Array>,
  out: Uint8Array,
): Promise<string | null> {
  try {
    const filled =
      (out.length <= ONE_CALL_BYTES ? await inflateAtOnce(parts(), out) : null) ??
      (await inflatePieces(parts(), out))
    return filled === out.length ? null : `${filled} of ${out.length} bytes`
  } catch (cause) {
    const zlibs = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')
    if (zlibs) return cause.message
    throw cause
  }
}

/** The bytes that were filled; null where the stream holds more than fits. */
async function inflateAtOnce(
  parts: AsyncIterable<Uint8Array>,
  out: Uint8Array,
): Promise<number | null> {
  const stored: Uint8Array[] = []
  for await (const part of parts) stored.push(part)
  try {
    // A chunk with room to spare, for zlib allocates another one as soon as the first is full.
    const chunkSize = Math.max(64, out.length + 1)
    const bytes = stored.length === 1 ? stored[0]! : Buffer.concat(stored)
    const inflated = inflateSync(bytes, { maxOutputLength: out.length, chunkSize })
    out.set(inflated)
    return inflated.length
  } catch (cause) {
    const more = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    if (more) return null
    throw cause
  }
}

async function inflatePieces(parts: AsyncIterable<Uint8Array>, out: Uint8Array): Promise<number> {
  let filled = 0
  const full = new AbortController()
  const fill = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of chunks) {
      const fitting = chunk.subarray(0, out.length - filled)
      out.set(fitting, filled)
      filled += fitting.length
      if (fitting.length < chunk.length) full.abort()
    }
  }
  try {
    const inflate = createInflate({ chunkSize: CHUNK_BYTES })
    await pipeline(parts, inflate, fill, { signal: full.signal })
  } catch (cause) {
    if (!full.signal.aborted) throw cause
  }
  return filled
}
