import { expect, test } from 'vitest'
import { renumber } from '#core/derive/renumber.ts'
import { labels } from '../../support/labels.ts'

test('numbers objects without gaps in the order of their first pixel', () => {
  expect(renumber(labels('5.2.5.7'))).toEqual(labels('1.2.1.3'))
})
