import { expect, test } from 'vitest'
import { createToldOnce } from '#workstation/told-once.ts'

test('everything is news once, and what was told long ago may be again', () => {
  const isNews = createToldOnce(2)
  expect(['a', 'a', 'b', 'a', 'c', 'a', 'b'].map(isNews)).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
    true,
  ])
})
