import { useEffect, useRef, useState } from 'react'
import type { PlaneState } from '#contract/plates.ts'
import { THUMBNAIL } from '#contract/pixels.ts'
import type { PlaneId } from '#core/brand.ts'
import type { PixelSource, Samples } from '../../lib/pixels.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import css from './thumbnails.module.css'

interface PlaneThumbnailProps {
  readonly pixels: PixelSource
  readonly planeId: PlaneId
  readonly version: string
  readonly state: PlaneState
  /** `B03 site 1 DAPI` */
  readonly name: string
  readonly onOpen: () => void
}

/** A small image of a plane, with contrast of its own; opens its field. */
export function PlaneThumbnail({
  pixels,
  planeId,
  version,
  state,
  name,
  onOpen,
}: PlaneThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const abort = new AbortController()
    async function load(): Promise<void> {
      try {
        const reply = await pixels.samples({ kind: 'thumbnail', planeId, version }, abort.signal)
        setFailed(!reply.ok)
        if (reply.ok && canvas.current !== null) drawGrey(canvas.current, reply.value)
      } catch (cause) {
        if (!abort.signal.aborted) throw cause
      }
    }
    void load()
    return () => abort.abort()
  }, [pixels, planeId, version])
  return (
    <button type="button" className={css['thumbnail']} onClick={onOpen}>
      {failed ? (
        <span className={css['failed']}>no image</span>
      ) : (
        <canvas ref={canvas} className={css['image']} width={THUMBNAIL} height={THUMBNAIL} />
      )}
      <span className={css['name']}>
        <VerdictMark state={state} silent />
        {name}
      </span>
    </button>
  )
}

function drawGrey(canvas: HTMLCanvasElement, { width, height, data }: Samples): void {
  canvas.width = width
  canvas.height = height
  const sorted = data.toSorted()
  const low = sorted[Math.floor(sorted.length * 0.001)] ?? 0
  const high = sorted[Math.ceil(sorted.length * 0.999) - 1] ?? 1
  const image = new ImageData(width, height)
  for (let i = 0; i < data.length; i += 1) {
    const grey = high > low ? ((data[i]! - low) / (high - low)) * 255 : 0
    image.data.fill(grey, 4 * i, 4 * i + 3)
    image.data[4 * i + 3] = 255
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0)
}
