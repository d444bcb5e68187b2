import type { Api, Calls, Events, Told } from './define.ts'

/** What the preload puts into the window; a browser's host puts its socket there. */
export interface Bridge {
  invoke(name: string, input: unknown): Promise<unknown>
  /** @returns stops listening. */
  on(name: string, listener: (told: unknown) => void): () => void
}

/**
 * The contract's calls over a bridge.
 *
 * Enumerates the contract instead of using a Proxy, so a misspelt name is undefined in a debugger
 * rather than a call that fails later in the host.
 */
export function createClient<T extends Calls>(calls: T, bridge: Bridge): Api<T> {
  const methods = Object.keys(calls).map(name => [
    name,
    (input: unknown) => bridge.invoke(name, input),
  ])
  return Object.fromEntries(methods) as Api<T>
}

/** Listens for one event; what does not parse is dropped, as a host of another version could send it. */
export function listen<T extends Events, Name extends keyof T & string>(
  events: T,
  bridge: Bridge,
  name: Name,
  listener: (told: Told<T, Name>) => void,
): () => void {
  return bridge.on(name, raw => {
    const parsed = events[name]!.safeParse(raw)
    if (parsed.success) listener(parsed.data as Told<T, Name>)
  })
}
