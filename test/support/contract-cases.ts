import { expect } from 'vitest'
import { createClient, listen, type Bridge } from '../../src/contract/client.ts'
import { calls, events, type ParfocalApi } from '../../src/contract/index.ts'
import type { PlateId } from '../../src/core/brand.ts'
import { fail, ok } from '../../src/core/fault.ts'
import { standInDesk, type StandInDesk } from './stand-in-desk.ts'

/** A desk at one end, the window's bridge at the other, and a way between them. */
export interface JoinedEnds {
  readonly bridge: Bridge
  readonly desk: StandInDesk
  /** Mistakes that were reported; the n-th has the ticket `T-n`. */
  readonly reported: readonly unknown[]
}

interface ContractCase {
  readonly name: string
  readonly api?: Partial<ParfocalApi>
  readonly check: (ends: JoinedEnds) => Promise<void>
}

const settings = { theme: 'dark', operator: 'Ada', openAtLogin: null, notify: true } as const

/** What must hold between window and host, whatever lies between them. */
export const CONTRACT_CASES: readonly ContractCase[] = [
  {
    name: 'a call without input gets its reply',
    api: { 'settings.read': async () => ok(settings) },
    async check({ bridge }) {
      const reply = await createClient(calls, bridge)['settings.read'](undefined)
      expect(reply).toEqual({ ok: true, value: settings })
    },
  },
  {
    name: 'input arrives as it was given, with what the contract adds',
    api: {
      'folders.watch': async ({ handle, naming }) =>
        fail({ kind: 'bad-option', option: handle, value: naming, allowed: '' }),
    },
    async check({ bridge }) {
      const handle = 'abcdefghijklmnop'
      const reply = await bridge.invoke('folders.watch', { handle })
      expect(reply).toMatchObject({ fault: { option: handle, value: 'auto' } })
    },
  },
  {
    name: 'text comes through whole, whatever its letters',
    api: { 'settings.change': async given => ok({ ...settings, ...(given as object) }) },
    async check({ bridge }) {
      const operator = 'Zoë 李 👩‍🔬 "\\" \u2028 </script>'
      const reply = await bridge.invoke('settings.change', { operator })
      expect(reply).toMatchObject({ value: { operator } })
    },
  },
  {
    name: 'a fault crosses with its fields',
    api: { 'plates.open': async ({ plateId }) => fail({ kind: 'plate-not-found', plateId }) },
    async check({ bridge }) {
      const reply = await createClient(calls, bridge)['plates.open']({ plateId: 0 as PlateId })
      expect(reply).toEqual({ ok: false, fault: { kind: 'plate-not-found', plateId: 0 } })
    },
  },
  {
    name: 'a malformed request never reaches the desk',
    async check({ bridge, reported }) {
      for (const input of [{}, null, { plateId: '7' }, { plateId: -1 }, 'x', []]) {
        const reply = await bridge.invoke('plates.open', input)
        expect(reply).toMatchObject({ fault: { kind: 'bad-request', call: 'plates.open' } })
      }
      expect(reported).toEqual([])
    },
  },
  {
    name: 'a thrown error becomes a ticket, not a message',
    api: {
      'plates.list': async () => {
        throw new Error('/home/ada/secret: disk full')
      },
    },
    async check({ bridge, reported }) {
      const reply = await bridge.invoke('plates.list', undefined)
      expect(reply).toEqual({ ok: false, fault: { kind: 'unexpected', ticket: 'T-1' } })
      expect(reported).toHaveLength(1)
    },
  },
  {
    name: 'a call that nobody knows is refused',
    async check({ bridge }) {
      for (const name of ['plates.burn', 'toString', '../session']) {
        await expect(bridge.invoke(name, undefined)).rejects.toThrow('no call')
      }
    },
  },
  {
    name: 'every call of the contract has somebody who answers',
    async check({ bridge, reported }) {
      for (const name of Object.keys(calls)) {
        // Either it understood too little of this or the stand-in had no answer: both came from the host.
        const reply = await bridge.invoke(name, undefined)
        expect(reply, name).toMatchObject({ ok: false })
        expect(['bad-request', 'unexpected']).toContain(
          (reply as { fault: { kind: string } }).fault.kind,
        )
      }
      expect(reported.length).toBeGreaterThan(5)
    },
  },
  {
    name: 'many calls at once keep their replies apart',
    api: { 'plates.open': async ({ plateId }) => fail({ kind: 'plate-not-found', plateId }) },
    async check({ bridge }) {
      const ids = Array.from({ length: 50 }, (_, i) => i)
      const replies = await Promise.all(
        ids.map(plateId => bridge.invoke('plates.open', { plateId })),
      )
      expect(replies.map(reply => (reply as { fault: { plateId: number } }).fault.plateId)).toEqual(
        ids,
      )
    },
  },
  {
    name: 'an event reaches all who listen, in order, until they stop',
    async check({ bridge, desk }) {
      const heard: string[] = []
      const hear = (who: string): (() => void) =>
        listen(events, bridge, 'mistake.logged', ({ ticket }) => heard.push(`${who} ${ticket}`))
      const stop = hear('first')
      hear('second')
      desk.tell('mistake.logged', { ticket: 'T-1' })
      desk.tell('mistake.logged', { ticket: 'T-2' })
      await expect.poll(() => heard.length).toBe(4)
      stop()
      desk.tell('mistake.logged', { ticket: 'T-3' })
      await expect.poll(() => heard.length).toBe(5)
      expect(heard.filter(text => text.startsWith('first'))).toEqual(['first T-1', 'first T-2'])
      expect(heard.at(-1)).toBe('second T-3')
    },
  },
  {
    name: 'an event of another name is not heard, one that nobody knows cannot be asked for',
    async check({ bridge, desk }) {
      const heard: unknown[] = []
      bridge.on('settings.changed', told => heard.push(told))
      desk.tell('mistake.logged', { ticket: 'T-1' })
      desk.tell('settings.changed', settings)
      await expect.poll(() => heard).toEqual([settings])
      expect(() => bridge.on('plate.burnt', () => undefined)).toThrow('no event')
    },
  },
]

/** The desk of a case. */
export function deskOf({ api }: ContractCase): StandInDesk {
  return standInDesk(api)
}
