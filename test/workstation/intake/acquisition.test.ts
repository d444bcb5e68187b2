import { describe, expect, test } from 'vitest'
import { folderName } from '#workstation/intake/acquisition.ts'

describe('the name of a folder', () => {
  test.each([
    ['/data/screen', 'week 1/plate 7', 'plate 7'],
    ['/data/screen', '', 'screen'],
    ['/data/screen/', '', 'screen'],
    ['D:\\data\\screen', '', 'screen'],
    ['/', '', '/'],
  ])('below %s, "%s" is called %s', (root, folder, name) => {
    expect(folderName(root, folder)).toBe(name)
  })
})
