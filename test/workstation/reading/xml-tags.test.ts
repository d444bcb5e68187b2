import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { xmlTags } from '#workstation/reading/xml-tags.ts'

function tags(text: string): [string, Record<string, string>][] {
  return [...xmlTags(text)].map(({ name, attributes }) => [name, Object.fromEntries(attributes)])
}

describe('the tags of an XML text', () => {
  test('come in order with their attributes', () => {
    expect(tags(`<?xml version="1.0"?>\n<a x="1" y='2'><b/><c z = "3" /></a>`)).toEqual([
      ['a', { x: '1', y: '2' }],
      ['b', {}],
      ['c', { z: '3' }],
    ])
  })

  test('lose the prefix of their namespace', () => {
    expect(tags('<OME:Pixels PhysicalSizeX="0.5">')).toEqual([['Pixels', { PhysicalSizeX: '0.5' }]])
  })

  test('may hold anything inside quotes', () => {
    expect(tags(`<a x="1 > 0 < '2'" y='"'/>`)).toEqual([['a', { x: "1 > 0 < '2'", y: '"' }]])
  })

  test('are none in comments, character data and declarations', () => {
    const hidden = '<!-- <a x="1"/> --><![CDATA[<b x="1"/>]]><!DOCTYPE c><d/>'
    expect(tags(hidden)).toEqual([['d', {}]])
  })

  test('leave entities as they are written', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY e "&f;&f;">]><a x="&e;"/>'
    expect(tags(bomb)).toEqual([['a', { x: '&e;' }]])
  })

  test.each([
    ['a tag that is never closed', '<a x="1"'],
    ['a quote that is never closed', '<a x="1><b y="2"/>'],
    ['an attribute without a value', '<a x><b/>'],
    ['a value without quotes', '<a x=1><b/>'],
    ['a comment that is never closed', '<!-- <b/>'],
  ])('are read past %s', (_, text) => {
    expect(tags(text).map(([name]) => name)).not.toContain('a')
  })

  test('are found in no time in whatever text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), text => void tags(text)))
    for (const hostile of ['<', '<a ', '<a x="', '<!--', '</', '<a x=', '<a/', '"<a x=']) {
      tags(hostile.repeat(200_000))
    }
  })
})
