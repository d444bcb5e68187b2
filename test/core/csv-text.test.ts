import { expect, test } from 'vitest'
import { csvText } from '../../src/core/csv-text.ts'

test('quotes what would otherwise break a row', () => {
  expect(csvText([['a,b', 'say "no"', 'two\nlines', 'plain']])).toBe(
    '"a,b","say ""no""","two\nlines",plain\r\n',
  )
})

test('what is not known is an empty cell', () => {
  expect(csvText([[null, NaN, 0]])).toBe(',,0\r\n')
})

test('no text becomes a formula, no number a text', () => {
  expect(csvText([['=1+1', '@sum', -1]])).toBe("'=1+1,'@sum,-1\r\n")
})
