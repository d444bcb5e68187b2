import { fail } from '#core/fault.ts'
import type { Api, Calls, Input } from './define.ts'

/** The only thing this module needs from a host; tests pass a plain object. */
export interface Port {
  handle(name: string, listener: (raw: unknown) => Promise<unknown>): void
}

/**
 * Publishes every call in the contract. A missing implementation does not compile.
 *
 * @param report writes a mistake of ours to the log and gives its ticket.
 */
export function serve<T extends Calls>(
  calls: T,
  api: Api<T>,
  port: Port,
  report: (cause: unknown) => string,
): void {
  for (const name of Object.keys(calls) as (keyof T & string)[]) {
    const { input } = calls[name]!
    port.handle(name, async raw => {
      const parsed = input.safeParse(raw)
      if (!parsed.success)
        return fail({ kind: 'bad-request', call: name, detail: parsed.error.message })
      try {
        return await api[name](parsed.data as Input<T[typeof name]>)
      } catch (cause) {
        // Implementations return faults; anything thrown is our bug and gets a ticket.
        return fail({ kind: 'unexpected', ticket: report(cause) })
      }
    })
  }
}
