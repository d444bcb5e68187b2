import { expect, test } from 'vitest'
import { isTrustedSender } from '../../src/main/senders.ts'

test('the page of the window may call', () => {
  expect(isTrustedSender({ url: 'app://parfocal/index.html', parent: null })).toBe(true)
})

test('a frame inside the page may not, even with our address', () => {
  expect(isTrustedSender({ url: 'app://parfocal/index.html', parent: {} })).toBe(false)
})

test('a page from elsewhere may not', () => {
  expect(isTrustedSender({ url: 'https://example.org/', parent: null })).toBe(false)
})

test('a frame that is gone by now may not', () => {
  expect(isTrustedSender(null)).toBe(false)
})
