import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visitJsonMembers } from '#workstation/intake/visit-json-members.ts'
import { valueOf } from '../../support/value-of.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

async function members(text: string) {
  const seen: [string, unknown][] = []
  const visit = await visitJsonMembers(bytes(text), 'm.txt', (name, value) =>
    seen.push([name, value]),
  )
  return { seen, complete: valueOf(visit).complete }
}

describe('the members of a JSON text', () => {
  test('are visited in their order, also those of one name', async () => {
    expect(await members('\ufeff { "a": 1, "b": {"c": [1, {"d": "},"}]}, "a": "\\"}" }')).toEqual({
      seen: [
        ['a', 1],
        ['b', { c: [1, { d: '},' }] }],
        ['a', '"}'],
      ],
      complete: true,
    })
  })

  test('are those that are whole where the end is missing', async () => {
    const text = '{\n"Summary": {"Channels": 2},\n"FrameKey-0-0-0": {"Exposure-ms": 4'
    expect(await members(text)).toEqual({ seen: [['Summary', { Channels: 2 }]], complete: false })
    expect(await members(`${text}}\n`)).toMatchObject({ seen: { length: 2 }, complete: false })
    expect(await members('{ "a": 12')).toEqual({ seen: [], complete: false })
    expect(await members('{ "a": "never end')).toEqual({ seen: [], complete: false })
    expect(await members('{')).toEqual({ seen: [], complete: false })
  })

  test('of an empty object are none', async () => {
    expect(await members('{}')).toEqual({ seen: [], complete: true })
  })

  test.each(['', '[1]', 'NDTiff', '{"a": nothing}', '{a: 1}', '{"a": 1 "b": 2}'])(
    'cannot be had of %j',
    async text => {
      const visit = await visitJsonMembers(bytes(text), 'm.txt', () => undefined)
      expect(visit).toMatchObject({ ok: false, fault: { kind: 'index-invalid', path: 'm.txt' } })
    },
  )

  test('are what JSON.parse reads, however the text is cut', async () => {
    const key = fc.string().filter(name => name !== '__proto__')
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, fc.jsonValue()), fc.nat(), async (object, at) => {
        const text = JSON.stringify(object, null, 2)
        const { seen } = await members(text)
        expect(seen).toEqual(Object.entries(JSON.parse(text) as object))
        const cut = await members(text.slice(0, 1 + (at % text.length)))
        expect(seen.slice(0, cut.seen.length)).toEqual(cut.seen)
      }),
    )
  })

  test('may lie deep without end', async () => {
    const deep = `{"a": ${'['.repeat(200_000)}`
    expect(await members(deep)).toEqual({ seen: [], complete: false })
  })
})
