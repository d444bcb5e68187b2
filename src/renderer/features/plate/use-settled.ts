import { useEffect, useRef, useState } from 'react'

/** A text that follows another, but changes no oftener than it is given time. */
export function useSettled(text: string, pauseMs: number): string {
  const [settled, setSettled] = useState(text)
  const latest = useRef(text)
  useEffect(() => {
    latest.current = text
  }, [text])
  useEffect(() => {
    const timer = setInterval(() => setSettled(latest.current), pauseMs)
    return () => clearInterval(timer)
  }, [pauseMs])
  return settled
}
