/** A second Ctrl-C after this time is meant: npm passes on the first one, so that it comes twice. */
const IMPATIENT_MS = 1000

/** Waits for Ctrl-C, an end by the system, or the terminal's going. */
export function untilStopped(): Promise<void> {
  return new Promise(resolve => {
    let stoppedAt: number | null = null
    const stop = (): void => {
      stoppedAt ??= performance.now()
      if (performance.now() - stoppedAt > IMPATIENT_MS) process.exit(1)
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
