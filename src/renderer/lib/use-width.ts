import { useEffect, useState, type RefObject } from 'react'

/** Width of an element in CSS pixels; 0 before it is on screen. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new ResizeObserver(entries => {
      setWidth(Math.floor(entries.at(-1)!.contentRect.width))
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return width
}
