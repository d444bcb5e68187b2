/** A progress bar on stderr; nothing where stderr is not a terminal. */
export interface Progress {
  update(done: number, of: number): void
  end(): void
}

const WIDTH = 30
const INTERVAL_MS = 100

export function showProgress(what: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, end: () => undefined }
  const startedAt = performance.now()
  let drawnAt = 0
  return {
    update(done, of) {
      const now = performance.now()
      if (now - drawnAt < INTERVAL_MS && done < of) return
      drawnAt = now
      const share = of === 0 ? 1 : Math.min(1, done / of)
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '·')
      const left = share === 0 ? '' : `, ${timeLeft((now - startedAt) * (1 / share - 1))} left`
      process.stderr.write(`\r${what} ${bar} ${done}/${of}${left}\x1b[K`)
    },
    end() {
      process.stderr.write('\r\x1b[K')
    },
  }
}

function timeLeft(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
