import { expect, test } from 'vitest'
import { objectsAtBorder } from '#core/derive/objects-at-border.ts'
import { labels } from '../../support/labels.ts'

test('names the objects in the outermost rows and columns', () => {
  const field = labels(`
    1.....
    ..2..3
    ......
    4..5..
    ......
    .6....
  `)
  expect([...objectsAtBorder(field)]).toEqual([0, 1, 0, 1, 1, 0, 1])
})
