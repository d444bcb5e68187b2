import { expect, test } from 'vitest'
import { isOurs } from '../../src/main/origin.ts'

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
