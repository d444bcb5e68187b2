import { fail, type FaultOf, type Result } from '#core/fault.ts'

export type PackageFault = FaultOf<
  'model-invalid' | 'model-refused' | 'file-not-found' | 'file-locked' | 'disk-full'
>

/**
 * Why a package cannot be taken. Thrown inside this folder only, where a description is read hundreds of
 * fields deep; `attempt` makes a fault of it at every function that others call.
 */
export class Objection extends Error {
  readonly kind: 'model-invalid' | 'model-refused'

  constructor(kind: 'model-invalid' | 'model-refused', detail: string) {
    super(detail)
    this.kind = kind
  }
}

/** Its author has to correct it. */
export function invalid(detail: string): never {
  throw new Objection('model-invalid', detail)
}

/** It could do harm, or is not what its author gave out. */
export function refuse(detail: string): never {
  throw new Objection('model-refused', detail)
}

export function attempt<T>(path: string, read: () => T): Result<T, PackageFault> {
  try {
    return { ok: true, value: read() }
  } catch (cause) {
    return objectionFault(path, cause)
  }
}

/** What an objection or an error of the file system means; anything else is our mistake and goes on. */
export function objectionFault(path: string, cause: unknown): Result<never, PackageFault> {
  if (cause instanceof Objection) return fail({ kind: cause.kind, path, detail: cause.message })
  if (!(cause instanceof Error && 'syscall' in cause && 'code' in cause)) throw cause
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
    return fail({ kind: 'file-not-found', path })
  }
  if (cause.code === 'ENOSPC') return fail({ kind: 'disk-full', path })
  return fail({ kind: 'file-locked', path, detail: String(cause.code) })
}
