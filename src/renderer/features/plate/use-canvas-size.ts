import { useEffect, useState, type RefObject } from 'react'

export interface CanvasSize {
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
  /** Pixels of the screen in one of those. */
  readonly ratio: number
}

/** How large an element is and how fine the screen; null before it is known. */
export function useCanvasSize(element: RefObject<HTMLElement | null>): CanvasSize | null {
  const [size, setSize] = useState<CanvasSize | null>(null)
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const measure = (): void => {
      const width = Math.floor(current.clientWidth)
      const height = Math.floor(current.clientHeight)
      const ratio = window.devicePixelRatio
      setSize(last =>
        last?.width === width && last.height === height && last.ratio === ratio
          ? last
          : { width, height, ratio },
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    // Moving to another screen changes the ratio and nothing else.
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', measure)
    measure()
    return () => {
      observer.disconnect()
      query.removeEventListener('change', measure)
    }
  }, [element, size?.ratio])
  return size
}

/** A canvas's context in CSS pixels, on a canvas that has as many pixels as the screen. */
export function contextOf(
  canvas: HTMLCanvasElement,
  { width, height, ratio }: CanvasSize,
): CanvasRenderingContext2D {
  const across = Math.round(width * ratio)
  const down = Math.round(height * ratio)
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across
    canvas.height = down
  }
  const context = canvas.getContext('2d')!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}
