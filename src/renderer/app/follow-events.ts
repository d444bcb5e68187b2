import type { Link } from './host.ts'

export interface EventSourceParts {
  /** Asks for the stream. */
  readonly open: (signal: AbortSignal) => Promise<Response>
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener'>
  readonly tell: (name: string, told: unknown) => void
  readonly onLink: (link: Link) => void
  /** The stream is there again after a time without. */
  readonly onMissed: () => void
}

/** The host sends a heartbeat every 15 s; after three it did not send, it is gone. */
const SILENCE_MS = 45_000
/** A page that nobody sees lets go of its stream: a browser opens six connections to a host, for all tabs together. */
const UNSEEN_MS = 60_000
const LONGEST_PAUSE_MS = 15_000

/** Pauses grow from half a second to a quarter of a minute. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures)
}

/**
 * Follows the host's events for as long as the page lives, and connects again whenever the stream ends.
 *
 * @returns when the first attempt has succeeded or failed.
 */
export function followEvents(parts: EventSourceParts): Promise<void> {
  const { document, onLink, onMissed } = parts
  const first = Promise.withResolvers<void>()
  let attempt = new AbortController()
  let wake: () => void = () => undefined
  let unseen: ReturnType<typeof setTimeout> | undefined
  let resting = false

  document.addEventListener('visibilitychange', () => {
    clearTimeout(unseen)
    if (document.visibilityState === 'hidden') {
      unseen = setTimeout(() => {
        resting = true
        attempt.abort()
      }, UNSEEN_MS)
    } else {
      resting = false
      wake()
    }
  })

  async function follow(): Promise<void> {
    for (let failures = 0, connectedBefore = false; ; failures += 1) {
      attempt = new AbortController()
      const outcome = await readStream(parts, attempt, () => {
        failures = 0
        onLink('up')
        if (connectedBefore) onMissed()
        connectedBefore = true
        first.resolve()
      })
      if (outcome === 'ended') onLink('ended')
      first.resolve()
      if (outcome === 'ended') return
      if (!resting) onLink('down')
      await new Promise<void>(resolve => {
        wake = resolve
        if (!resting) setTimeout(resolve, pauseAfter(failures))
      })
    }
  }

  void follow()
  return first.promise
}

/** Reads one stream to its end. `ended`: the host does not know this page any more. */
async function readStream(
  { open, tell }: EventSourceParts,
  attempt: AbortController,
  onOpen: () => void,
): Promise<'lost' | 'ended'> {
  let silence = setTimeout(() => attempt.abort(), SILENCE_MS)
  try {
    const response = await open(attempt.signal)
    if (response.status === 401) return 'ended'
    if (!response.ok || response.body === null) return 'lost'
    onOpen()
    let rest = ''
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      clearTimeout(silence)
      silence = setTimeout(() => attempt.abort(), SILENCE_MS)
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      for (const line of lines) if (line !== '') tellLine(line, tell)
    }
  } catch {
    // The stream broke off, or was let go: the next attempt is on its way.
  } finally {
    clearTimeout(silence)
  }
  return 'lost'
}

function tellLine(line: string, tell: EventSourceParts['tell']): void {
  const { name, told } = JSON.parse(line) as { readonly name: string; readonly told: unknown }
  tell(name, told)
}
