import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { inflateInto } from '#workstation/reading/inflate.ts'

async function inflate(stream: Uint8Array, length: number) {
  const out = new Uint8Array(length)
  const parts = async function* (): AsyncGenerator<Uint8Array> {
    yield stream.subarray(0, 10)
    yield await Promise.resolve(stream.subarray(10))
  }
  return { problem: await inflateInto(parts, out), out }
}

// Below and above the size up to which a strip is inflated in one call.
describe.each([1000, 3_000_000])('%i bytes', length => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * i) % 251)
  const stream = deflateSync(bytes)

  test('come out as they went in', async () => {
    const { problem, out } = await inflate(stream, length)
    expect(problem).toBeNull()
    expect(Buffer.compare(out, bytes)).toBe(0)
  })

  test('may go on beyond what is wanted', async () => {
    const { problem, out } = await inflate(stream, length - 7)
    expect(problem).toBeNull()
    expect(Buffer.compare(out, bytes.subarray(0, length - 7))).toBe(0)
  })

  test('may be followed by something else', async () => {
    const { problem } = await inflate(Buffer.concat([stream, Buffer.alloc(50, 7)]), length)
    expect(problem).toBeNull()
  })

  test('are missed where there are fewer', async () => {
    const { problem } = await inflate(stream, length + 1)
    expect(problem).toBe(`${length} of ${length + 1} bytes`)
  })

  test('are not taken from a stream that is cut short', async () => {
    expect((await inflate(stream.subarray(0, -20), length)).problem).toBe('unexpected end of file')
  })

  test('are not taken under a wrong checksum', async () => {
    const damaged = Buffer.from(stream)
    damaged[damaged.length - 1]! ^= 1
    expect((await inflate(damaged, length)).problem).toBe('incorrect data check')
  })
})
