/** Does a deed at once, and what is asked for during the pause after it once, when the pause is over. */
export function atMostEvery(pauseMs: number, deed: () => void): () => void {
  let pausing = false
  let asked = false

  function act(): void {
    pausing = true
    asked = false
    deed()
    setTimeout(() => {
      pausing = false
      if (asked) act()
    }, pauseMs)
  }

  return () => {
    if (pausing) asked = true
    else act()
  }
}
