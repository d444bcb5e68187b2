import { expect, test } from 'vitest'
import { z } from 'zod'
import { createClient, listen, type Bridge } from '../../src/contract/client.ts'
import { call } from '../../src/contract/define.ts'

const silent: Bridge = { invoke: async () => undefined, on: () => () => undefined }

test('a misspelt call is undefined, so that a debugger shows it', () => {
  const client = createClient({ 'plates.list': call(z.void(), z.number(), []) }, silent)
  expect(Object.keys(client)).toEqual(['plates.list'])
  expect((client as Record<string, unknown>)['plates.lst']).toBeUndefined()
})

test('hears an event that parses, drops one of another version, and stops when told', () => {
  const events = { 'plate.arrived': z.object({ name: z.string() }) }
  let send = (_told: unknown): void => undefined
  const stopped: string[] = []
  const bridge: Bridge = {
    ...silent,
    on: (name, listener) => {
      send = listener
      return () => void stopped.push(name)
    },
  }
  const heard: string[] = []
  const stop = listen(events, bridge, 'plate.arrived', ({ name }) => void heard.push(name))
  send({ name: 'P1' })
  send({ barcode: 'P2' })
  stop()
  expect(heard).toEqual(['P1'])
  expect(stopped).toEqual(['plate.arrived'])
})
