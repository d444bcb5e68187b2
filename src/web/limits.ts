/** What a page may cost the host; tests ask for shorter times. */
export interface WebLimits {
  /** Codes that a person reads from the terminal and types or clicks. */
  readonly printedCodeMs: number
  /** Codes in an address that is handed to the browser at once. */
  readonly openedCodeMs: number
  /** A session that nothing was asked by and that holds no event stream ends after this time. */
  readonly idleMs: number
  /** Wrong codes in a minute after which others are told to wait. */
  readonly wrongCodes: number
  readonly bodyBytes: number
  readonly headersMs: number
  /** For a whole request with its body. */
  readonly requestMs: number
  readonly connections: number
  readonly heartbeatMs: number
  /** What may wait for a page that does not read its events; then its stream ends, and it asks anew. */
  readonly waitingBytes: number
}

export const WEB_LIMITS: WebLimits = {
  printedCodeMs: 10 * 60_000,
  openedCodeMs: 60_000,
  idleMs: 12 * 60 * 60_000,
  wrongCodes: 10,
  bodyBytes: 1_000_000,
  headersMs: 10_000,
  requestMs: 30_000,
  connections: 128,
  heartbeatMs: 15_000,
  waitingBytes: 4_000_000,
}
