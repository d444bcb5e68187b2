import { expect, test } from 'vitest'
import { createPlateNames } from '#cli/plate-names.ts'

test('plates of one name are told apart by their folders, and only they', () => {
  const names = createPlateNames()
  for (const plateId of ['1', '1']) names.note('BR1', plateId)
  expect(names.nameOf('BR1', '/a')).toBe('BR1')
  names.note('BR1', '2')
  names.note('BR2', '3')
  expect(names.nameOf('BR1', '/a')).toBe('BR1 (/a)')
  expect(names.nameOf('BR2', '/a')).toBe('BR2')
})
