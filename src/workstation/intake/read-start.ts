import { open } from 'node:fs/promises'
import { fail, ok, type Result } from '#core/fault.ts'

/** The first bytes of a file, at most `limit` of them. */
export type ReadStart = (absolute: string, limit: number) => Promise<Result<Uint8Array>>

export const readStart: ReadStart = async (absolute, limit) => {
  try {
    await using file = await open(absolute, 'r')
    const { size } = await file.stat()
    const bytes = new Uint8Array(Math.min(limit, size))
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    return ok(bytes.subarray(0, length))
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    if (cause.code === 'ENOENT') return fail({ kind: 'file-not-found', path: absolute })
    return fail({ kind: 'file-locked', path: absolute, detail: String(cause.code) })
  }
}
