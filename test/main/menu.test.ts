import { expect, test } from 'vitest'
import { applicationMenu } from '../../src/main/menu.ts'

test('macOS keeps Quit, Copy and Paste', () => {
  expect(applicationMenu('darwin')?.map(item => item.role)).toEqual([
    'appMenu',
    'editMenu',
    'windowMenu',
  ])
})

test.each(['win32', 'linux'] as const)(
  '%s has no menu, so none of its entries leads to the web',
  platform => {
    expect(applicationMenu(platform)).toBeNull()
  },
)
