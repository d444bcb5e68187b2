import { useLayoutEffect, useRef } from 'react'

interface BitmapCanvasProps {
  readonly bitmap: ImageBitmap
  /** What the picture shows, for readers of the screen; null where text beside it says so. */
  readonly label: string | null
  readonly className: string | undefined
}

/** A picture that is decoded already, drawn before the browser paints. */
export function BitmapCanvas({ bitmap, label, className }: BitmapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const { current } = canvas
    if (current === null) return
    current.width = bitmap.width
    current.height = bitmap.height
    current.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0)
  }, [bitmap])
  return label === null ? (
    <canvas ref={canvas} className={className} aria-hidden="true" />
  ) : (
    <canvas ref={canvas} className={className} role="img" aria-label={label} />
  )
}
