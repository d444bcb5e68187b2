import { createClient } from '../../src/contract/client.ts'
import type { Api, Calls } from '../../src/contract/define.ts'
import { serve } from '../../src/contract/serve.ts'

/** Host and window joined in one process; structuredClone stands in for the wire. */
export function loopback<T extends Calls>(
  calls: T,
  api: Api<T>,
  report: (cause: unknown) => string = () => 'T-1',
): Api<T> {
  const listeners = new Map<string, (raw: unknown) => Promise<unknown>>()
  serve(calls, api, { handle: (name, listener) => void listeners.set(name, listener) }, report)
  return createClient(calls, {
    invoke: async (name, input) =>
      structuredClone(await listeners.get(name)!(structuredClone(input))),
    on: () => () => undefined,
  })
}
