import type { Bridge } from '#contract/client.ts'
import { calls, events } from '#contract/index.ts'

/** The part of Electron's ipcRenderer that the bridge stands on. */
export interface Wire {
  invoke(channel: string, input: unknown): Promise<unknown>
  on(channel: string, listener: (event: unknown, told: unknown) => void): unknown
  off(channel: string, listener: (event: unknown, told: unknown) => void): unknown
}

/** What the window gets of Electron: the names in the contract, and nothing else of the wire. */
export function createBridge(wire: Wire): Bridge {
  return {
    async invoke(name, input) {
      if (!Object.hasOwn(calls, name)) throw new Error(`Parfocal has no call ${String(name)}.`)
      return wire.invoke(name, input)
    },
    on(name, listener) {
      if (!Object.hasOwn(events, name)) throw new Error(`Parfocal has no event ${String(name)}.`)
      // The event itself carries the sender, a way back to Electron: it stays here.
      const forward = (_event: unknown, told: unknown): void => listener(told)
      wire.on(name, forward)
      return () => void wire.off(name, forward)
    },
  }
}
