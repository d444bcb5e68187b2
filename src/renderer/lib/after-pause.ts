/** Does a deed when a pause is over, once for all that is asked for during it. */
export function afterPause(pauseMs: number, deed: () => void): () => void {
  let pausing = false
  return () => {
    if (pausing) return
    pausing = true
    setTimeout(() => {
      pausing = false
      deed()
    }, pauseMs)
  }
}
