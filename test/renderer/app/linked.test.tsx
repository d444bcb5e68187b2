import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Linked } from '../../../src/renderer/app/linked.tsx'
import type { Link } from '../../../src/renderer/app/host.ts'
import { createObservable } from '../../../src/renderer/lib/observable.ts'

test.each([
  ['up', true, null],
  ['down', true, 'does not answer'],
  ['ended', false, 'needs its key'],
] as const)('a window whose host is %s', (link, shown, words) => {
  const text = renderToStaticMarkup(<Linked link={createObservable<Link>(link)}>the plates</Linked>)
  expect(text.includes('the plates')).toBe(shown)
  if (words !== null) expect(text).toContain(words)
  else expect(text).toBe('the plates')
})
