import { createHash } from 'node:crypto'

export interface PixelSourceFile {
  readonly path: string
  readonly bytes: number
  /** Nanoseconds since 1970. */
  readonly modified: string
  readonly page: number
}

/** Names one image of one version of a file in pixel addresses: a file that was rewritten has another name. */
export function pixelVersion({ path, bytes, modified, page }: PixelSourceFile): string {
  const text = JSON.stringify([path, bytes, modified, page])
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
