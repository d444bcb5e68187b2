import type { Bridge } from '#contract/client.ts'
import type { Observable } from '../lib/observable.ts'
import type { FetchPixels } from '../lib/pixels.ts'

/** How the window stands with its host: connected, trying again, or shut out until it is opened anew. */
export type Link = 'up' | 'down' | 'ended'

/** The program that this window belongs to. */
export interface Host {
  readonly host: 'electron' | 'web'
  readonly bridge: Bridge
  readonly fetchPixels: FetchPixels
  readonly link: Observable<Link>
  /** Calls when a lost connection is back: what was told meanwhile was missed. @returns stops. */
  onReconnect(listener: () => void): () => void
}

/** The part of the browser's window that tells which host there is. */
export type HostWindow = Pick<
  Window,
  'location' | 'history' | 'sessionStorage' | 'fetch' | 'document' | 'addEventListener'
>
