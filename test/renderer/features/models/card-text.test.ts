import { expect, test } from 'vitest'
import { cardText } from '../../../../src/renderer/features/models/card-text.ts'

test('headings, paragraphs, lists and code of a card', () => {
  const card = `# Nuclei
Finds **nuclei** in
_one_ channel, see [the paper](https://example.org/a "title").

- bright
- dim, and
  out of focus
1. not dead

\`\`\`python
x = **2
\`\`\`

| group | F1 |
| --- | --- |
`
  expect(cardText(card)).toEqual([
    { kind: 'heading', text: 'Nuclei' },
    {
      kind: 'paragraph',
      text: 'Finds nuclei in _one_ channel, see the paper (https://example.org/a).',
    },
    { kind: 'list', items: ['bright', 'dim, and out of focus', 'not dead'] },
    { kind: 'verbatim', text: 'x = **2' },
    { kind: 'verbatim', text: '| group | F1 |\n| --- | --- |' },
  ])
})

test('a list right below its sentence is a list', () => {
  expect(cardText('It fails on:\n- debris\n- mitosis\nand that is all.').map(b => b.kind)).toEqual([
    'paragraph',
    'list',
    'paragraph',
  ])
})

test('markup of the page, addresses and pictures stay text', () => {
  expect(cardText('<script>alert(1)</script> ![seen](javascript:alert)')).toEqual([
    { kind: 'paragraph', text: '<script>alert(1)</script> seen' },
  ])
})

test.each(['', '\n\n', '   '])('nothing is nothing: %j', text => {
  expect(cardText(text)).toEqual([])
})

test('code that never ends is code to the end', () => {
  expect(cardText('```\na\n\nb')).toEqual([{ kind: 'verbatim', text: 'a\n\nb' }])
})
