import { useEffect, useRef, useState } from 'react'
import type { PlaneRow } from '#contract/plates.ts'
import type { PixelSource, Samples } from '../../lib/pixels.ts'
import { atlasContrast, greyPixels } from './atlas.ts'
import css from './well-panel.module.css'

interface FieldThumbnailProps {
  readonly pixels: PixelSource
  readonly plane: PlaneRow
}

/** A small picture of a plane, from its own darkest to its own lightest: it shows structure, not brightness. */
export function FieldThumbnail({ pixels, plane }: FieldThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [samples, setSamples] = useState<Samples | null>(null)
  const { planeId, version, state } = plane

  useEffect(() => {
    if (state === 'unreadable') return
    const abort = new AbortController()
    void pixels
      .samples({ kind: 'thumbnail', planeId, version }, abort.signal)
      .then(reply => {
        if (!abort.signal.aborted && reply.ok) setSamples(reply.value)
      })
      .catch((cause: unknown) => {
        if (!abort.signal.aborted) throw cause
      })
    return () => abort.abort()
  }, [pixels, planeId, version, state])

  useEffect(() => {
    if (samples === null || canvas.current === null) return
    const contrast = atlasContrast(samples, 1, 99.5)
    if (contrast === null) return
    const image = new ImageData(greyPixels(samples, contrast), samples.width, samples.height)
    canvas.current.width = samples.width
    canvas.current.height = samples.height
    canvas.current.getContext('2d')!.putImageData(image, 0, 0)
  }, [samples])

  return <canvas ref={canvas} className={css['thumbnail']} aria-hidden="true" />
}
