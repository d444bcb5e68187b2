import { open } from 'node:fs/promises'
import { pause } from './pause.ts'

const CHUNKS = 8

/** Writes a file in place and in pieces, as an instrument does, so that whoever watches sees it grow. */
export async function writeGrowing(
  path: string,
  bytes: Uint8Array,
  durationMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const file = await open(path, 'wx')
  try {
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      if (chunk > 0) await pause(durationMs / CHUNKS, signal)
      const start = Math.floor((chunk * bytes.length) / CHUNKS)
      const end = Math.floor(((chunk + 1) * bytes.length) / CHUNKS)
      await file.write(bytes.subarray(start, end))
    }
  } finally {
    await file.close()
  }
}
