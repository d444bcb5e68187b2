import { expect, test } from 'vitest'
import { isOurBlob, isOurs } from '../../src/main/origin.ts'

test.each(['app://parfocal/', 'app://parfocal/index.html', 'app://parfocal/plates?well=A01#field'])(
  '%s is the window itself',
  url => {
    expect(isOurs(url)).toBe(true)
  },
)

test.each([
  'app://parfocal.evil.example/',
  'app://parfocal@evil.example/',
  'app://somebody@parfocal/',
  'app://parfocal:8080/',
  'app://other/',
  'https://parfocal/',
  'file:///etc/passwd',
  'data:text/html,hello',
  'javascript:alert(1)',
  'about:blank',
  'not a url',
  '',
])('%s is not', url => {
  expect(isOurs(url)).toBe(false)
})

test('what the window made itself is told from what others made', () => {
  expect(isOurBlob('blob:app://parfocal/7c1d-2')).toBe(true)
  for (const url of ['blob:https://example.org/1', 'blob:null/1', 'app://parfocal/', 'blob:']) {
    expect(isOurBlob(url)).toBe(false)
  }
})
