import { describe, expect, test } from 'vitest'
import { parsePlatemap } from '#workstation/desk/platemap.ts'

describe('the text of a platemap', () => {
  test.each([
    { how: 'commas', text: 'well,type,dose\nA01,negative,0\nB02,positive,10\n' },
    { how: 'semicolons', text: 'well;type;dose\nA01;negative;0\nB02;positive;10\n' },
    { how: 'tabs', text: 'well\ttype\tdose\nA01\tnegative\t0\nB02\tpositive\t10' },
    { how: 'a byte order mark', text: '\ufeffwell,type,dose\r\nA01,negative,0\r\nB02,positive,10' },
    { how: 'quotes', text: '"well","type","dose"\n"A01","negative","0"\n"B02","positive","10"' },
    { how: 'empty lines', text: 'well,type,dose\n\nA01,negative,0\n,,\nB02,positive,10\n\n' },
  ])('is read with $how', ({ text }) => {
    expect(parsePlatemap(text)).toEqual({
      ok: true,
      value: [
        { well: 'A01', control: 'negative', labels: { dose: '0' } },
        { well: 'B02', control: 'positive', labels: { dose: '10' } },
      ],
    })
  })

  test('keeps separators and lines that are quoted', () => {
    expect(parsePlatemap('well,"a; b; c; d"\nA01,"x, y\nz"')).toEqual({
      ok: true,
      value: [{ well: 'A01', control: '', labels: { 'a; b; c; d': 'x, y\nz' } }],
    })
  })

  test.each([
    { what: 'a line of another length', text: 'well,dose\nA01,1\nA02,1,2\n', line: 3 },
    { what: 'a quote that never ends', text: 'well,dose\nA01,"1\n', line: 2 },
    { what: 'no text', text: '', line: 1 },
    { what: 'what is no well', text: 'well\nA01\nQ', line: 3 },
  ])('is refused for $what', ({ text, line }) => {
    expect(parsePlatemap(text)).toMatchObject({
      ok: false,
      fault: { kind: 'layout-invalid', line },
    })
  })
})
