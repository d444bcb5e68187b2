import { fail, type FaultOf, type Result } from '#core/fault.ts'

export type FileFault = FaultOf<'file-not-found' | 'file-locked' | 'not-an-image'>

/**
 * What an error of the file system means for an image.
 *
 * EBUSY, EPERM and EACCES are how a file looks that the instrument still holds; anything else that a disk
 * or share says (EIO, ESTALE, ETIMEDOUT) is worth trying again too.
 */
export function fileFault(path: string, cause: unknown): Result<never, FileFault> {
  if (!(cause instanceof Error && 'syscall' in cause && 'code' in cause)) throw cause
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
    return fail({ kind: 'file-not-found', path })
  }
  if (cause.code === 'EISDIR') return fail({ kind: 'not-an-image', path, detail: 'a folder' })
  return fail({ kind: 'file-locked', path, detail: String(cause.code) })
}
