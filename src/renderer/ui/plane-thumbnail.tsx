import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { PlaneId } from '#core/brand.ts'
import type { Result } from '#core/fault.ts'
import { contrastOfSamples, greyImage } from '../lib/grey.ts'
import type { PixelSource, Samples } from '../lib/pixels.ts'

interface PlaneThumbnailProps {
  readonly pixels: PixelSource
  readonly plane: { readonly planeId: PlaneId; readonly version: string }
  readonly className: string | undefined
  /** In its place where there is none to be had. */
  readonly absent: ReactNode
}

/** A small picture of a plane, with contrast of its own: it shows structure, not brightness. Text beside it says what it is. */
export function PlaneThumbnail({ pixels, plane, className, absent }: PlaneThumbnailProps) {
  const { planeId, version } = plane
  const canvas = useRef<HTMLCanvasElement>(null)
  const [reply, setReply] = useState<Result<Samples> | null>(null)

  useEffect(() => {
    const abort = new AbortController()
    void pixels
      .samples({ kind: 'thumbnail', planeId, version }, abort.signal)
      .then(came => {
        if (!abort.signal.aborted) setReply(came)
      })
      .catch((cause: unknown) => {
        if (!abort.signal.aborted) throw cause
      })
    return () => abort.abort()
  }, [pixels, planeId, version])

  useEffect(() => {
    const { current } = canvas
    if (current === null || reply === null || !reply.ok) return
    const { value } = reply
    current.width = value.width
    current.height = value.height
    const image = greyImage(value, contrastOfSamples(value.data))
    current.getContext('2d')!.putImageData(image, 0, 0)
  }, [reply])

  if (reply !== null && !reply.ok) return absent
  return <canvas ref={canvas} className={className} aria-hidden="true" />
}
