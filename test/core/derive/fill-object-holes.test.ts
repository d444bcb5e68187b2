import { expect, test } from 'vitest'
import { fillObjectHoles } from '#core/derive/fill-object-holes.ts'
import { labels } from '../../support/labels.ts'

test('fills what one object encloses, but neither the space between two nor bays nor the border', () => {
  const field = labels(`
    ..........
    .1111.222.
    .1..1.2.2.
    .1111333..
    .....3.3..
    .44..333..
    .4...3.5..
    .44..3555.
    ..........
  `)
  expect(fillObjectHoles(field)).toEqual(
    labels(`
      ..........
      .1111.222.
      .1111.2.2.
      .1111333..
      .....333..
      .44..333..
      .4...3.5..
      .44..3555.
      ..........
    `),
  )
})
