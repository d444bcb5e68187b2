import { describe, expect, test } from 'vitest'
import { ok } from '#core/fault.ts'
import { visitXml, visitXmlText, type XmlElement } from '#workstation/intake/visit-xml.ts'

async function elements(text: string) {
  const closed: XmlElement[] = []
  const visit = await visitXmlText(text, 'index.xml', {
    close: element => closed.push({ ...element, within: [...element.within] }),
  })
  return { visit, closed }
}

describe('an XML text', () => {
  test('is told element by element, without prefixes', async () => {
    const { visit, closed } = await elements(
      '<?xml version="1.0"?><bts:Plate xmlns:bts="u" bts:Name="P&amp;1"><Well> B03 <i/></Well></bts:Plate>',
    )
    expect(visit).toEqual(ok({ complete: true }))
    expect(closed).toEqual([
      { name: 'i', attributes: {}, text: '', within: ['Plate', 'Well'] },
      { name: 'Well', attributes: {}, text: 'B03', within: ['Plate'] },
      { name: 'Plate', attributes: { bts: 'u', Name: 'P&1' }, text: '', within: [] },
    ])
  })

  test('has its character references resolved', async () => {
    const { closed } = await elements('<Unit>&#181;m <![CDATA[<5>]]></Unit>')
    expect(closed[0]!.text).toBe('µm <5>')
  })

  test('that is still being written is visited as far as it goes', async () => {
    const { visit, closed } = await elements('<a><b>1</b><b>2</b><b')
    expect(visit).toEqual(ok({ complete: false }))
    expect(closed.map(({ text }) => text)).toEqual(['1', '2'])
  })

  test('longer than what is parsed at once is the same text', async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => `<b n="${i}">é${i}</b>`).join('')
    const { closed } = await elements(`<a>${many}</a>`)
    expect(closed).toHaveLength(40_001)
    expect(closed[39_999]).toMatchObject({ attributes: { n: '39999' }, text: 'é39999' })
  })

  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'document type'],
    ['an entity of its own', '<a>&boom;</a>', 'entity'],
    ['no XML', 'II*\0', ''],
    ['nothing', '', ''],
    ['tags that cross', '<a><b></a></b>', 'close tag'],
    ['a hundred thousand levels', '<a>'.repeat(100_000), 'deep'],
    ['a text without end', `<a>${'x'.repeat(3 * 2 ** 20)}</a>`, 'too long'],
  ])('with %s is refused', async (_, text, detail) => {
    const { visit } = await elements(text)
    expect(visit).toMatchObject({ ok: false, fault: { kind: 'index-invalid', path: 'index.xml' } })
    if (!visit.ok && 'detail' in visit.fault) {
      expect(visit.fault.detail.toLowerCase()).toContain(detail)
    }
  })

  test('gives names that JavaScript gives a meaning no power', async () => {
    const { closed } = await elements('<a __proto__="1" constructor="2"/>')
    expect(Object.keys(closed[0]!.attributes).sort()).toEqual(['constructor'])
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })
})

describe('an XML file', () => {
  const read = async (bytes: Uint8Array) => {
    const texts: string[] = []
    const readStart = async () => ok(bytes)
    await visitXml({ readStart }, 'a.xml', { close: ({ text }) => texts.push(text) })
    return texts
  }

  test('may be UTF-16, as Windows programs write it', async () => {
    const text = '\uFEFF<?xml version="1.0" encoding="utf-16"?><a>µ</a>'
    expect(await read(new Uint8Array(Buffer.from(text, 'utf16le')))).toEqual(['µ'])
  })

  test('may say that it is Latin 1', async () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>µ</a>'
    expect(await read(new Uint8Array(Buffer.from(text, 'latin1')))).toEqual(['µ'])
  })
})
