import { expect, test } from 'vitest'
import { createBridge, type Wire } from '../../src/preload/bridge.ts'

type Listener = (event: unknown, told: unknown) => void

function recordingWire() {
  const sent: unknown[] = []
  const listeners = new Set<Listener>()
  const wire: Wire = {
    invoke: async (channel, input) => {
      sent.push([channel, input])
      return 'reply'
    },
    on: (_channel, listener) => listeners.add(listener),
    off: (_channel, listener) => listeners.delete(listener),
  }
  return { wire, sent, listeners }
}

test('passes a call of the contract on', async () => {
  const { wire, sent } = recordingWire()
  expect(await createBridge(wire).invoke('about.read', undefined)).toBe('reply')
  expect(sent).toEqual([['about.read', undefined]])
})

test.each([
  'about.write',
  'ELECTRON_BROWSER_REQUIRE',
  'constructor',
  '__proto__',
  'mistake.logged',
])('refuses to invoke %s, which is no call', async name => {
  const { wire, sent } = recordingWire()
  await expect(createBridge(wire).invoke(name, undefined)).rejects.toThrow('no call')
  expect(sent).toEqual([])
})

test.each(['about.read', 'toString', 'devtools-opened'])(
  'refuses to listen to %s, which is no event',
  name => {
    const { wire, listeners } = recordingWire()
    expect(() => createBridge(wire).on(name, () => undefined)).toThrow('no event')
    expect(listeners.size).toBe(0)
  },
)

test('hands over what was told, never the event with its way back to Electron', () => {
  const { wire, listeners } = recordingWire()
  const heard: unknown[][] = []
  const stop = createBridge(wire).on('mistake.logged', (...told) => void heard.push(told))
  for (const listener of listeners) listener({ sender: 'electron' }, { ticket: 'T-1' })
  stop()
  expect(heard).toEqual([[{ ticket: 'T-1' }]])
  expect(listeners.size).toBe(0)
})
