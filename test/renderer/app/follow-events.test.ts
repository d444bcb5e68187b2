import { expect, test, vi } from 'vitest'
import { followEvents, pauseAfter } from '../../../src/renderer/app/follow-events.ts'

/** A stream that a test writes into, chunk by chunk, as the network would cut it. */
function stream(): { response: Response; write: (text: string) => void; break: () => void } {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({ start: given => void (controller = given) })
  return {
    response: new Response(body),
    write: text => controller.enqueue(new TextEncoder().encode(text)),
    break: () => controller.error(new Error('connection reset')),
  }
}

const shown = { visibilityState: 'visible', addEventListener: () => undefined } as const

test('events are told whole, however the network cuts them', async () => {
  const told: unknown[] = []
  const { response, write } = stream()
  await followEvents({
    open: async () => response,
    document: shown,
    tell: (name, value) => told.push([name, value]),
    onLink: () => undefined,
    onMissed: () => undefined,
  })
  for (const part of [
    '\n{"name":"plate.cha',
    'nged","told":{"n":1}}\n\n{"na',
    'me":"x","told":2}\n',
  ]) {
    write(part)
  }
  await expect
    .poll(() => told)
    .toEqual([
      ['plate.changed', { n: 1 }],
      ['x', 2],
    ])
})

test('a lost stream is opened again, and the page hears that it missed something', async () => {
  vi.useFakeTimers()
  const streams = [stream(), stream()]
  const links: string[] = []
  let opened = 0
  let missed = 0
  await followEvents({
    open: async () => {
      if (opened === 1) {
        opened += 1
        throw new Error('connection refused')
      }
      return streams[opened++ === 0 ? 0 : 1]!.response
    },
    document: shown,
    tell: () => undefined,
    onLink: link => links.push(link),
    onMissed: () => (missed += 1),
  })
  expect([links, missed]).toEqual([['up'], 0])
  streams[0]!.break()
  await vi.advanceTimersByTimeAsync(5000)
  expect([links, missed]).toEqual([['up', 'down', 'down', 'up'], 1])
  vi.useRealTimers()
})

test('a host that falls silent is gone, though its connection stands', async () => {
  vi.useFakeTimers()
  const links: string[] = []
  const { response, write } = stream()
  let opened = 0
  await followEvents({
    open: async signal => {
      opened += 1
      if (opened > 1) return new Response(null, { status: 401 })
      const cut = new TransformStream<Uint8Array, Uint8Array>()
      void response.body!.pipeTo(cut.writable, { signal }).catch(() => undefined)
      return new Response(cut.readable)
    },
    document: shown,
    tell: () => undefined,
    onLink: link => links.push(link),
    onMissed: () => undefined,
  })
  await vi.advanceTimersByTimeAsync(40_000)
  write('\n')
  await vi.advanceTimersByTimeAsync(40_000)
  expect(links).toEqual(['up'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(links).toEqual(['up', 'down', 'ended'])
  vi.useRealTimers()
})

test('a page that nobody sees lets go of its stream and takes it up again when it is seen', async () => {
  vi.useFakeTimers()
  let visible = true
  let change: () => void = () => undefined
  const aborted: boolean[] = []
  let missed = 0
  let beat: () => void = () => undefined
  await followEvents({
    open: async signal => {
      const i = aborted.push(false) - 1
      const { response, write } = stream()
      beat = () => write('\n')
      const cut = new TransformStream<Uint8Array, Uint8Array>()
      void response.body!.pipeTo(cut.writable, { signal }).catch(() => (aborted[i] = true))
      return new Response(cut.readable)
    },
    document: {
      get visibilityState() {
        return visible ? ('visible' as const) : ('hidden' as const)
      },
      addEventListener: (_type: string, listener: unknown) =>
        void (change = listener as () => void),
    },
    tell: () => undefined,
    onLink: () => undefined,
    onMissed: () => (missed += 1),
  })
  visible = false
  change()
  await vi.advanceTimersByTimeAsync(40_000)
  beat()
  await vi.advanceTimersByTimeAsync(300_000)
  expect(aborted).toEqual([true])
  visible = true
  change()
  await vi.advanceTimersByTimeAsync(0)
  expect([aborted, missed]).toEqual([[true, false], 1])
  vi.useRealTimers()
})

test('pauses grow, up to a quarter of a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 60].map(pauseAfter)).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ])
})
