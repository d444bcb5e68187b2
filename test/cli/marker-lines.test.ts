import { expect, test } from 'vitest'
import { createMarkerLines } from '#cli/marker-lines.ts'

/** What is said at each listing of a folder, of which these images wait. */
function said(...listings: readonly (readonly string[])[]): readonly string[] {
  const line = createMarkerLines()
  return listings.map(unmarked =>
    line({ kind: 'listed', root: '/screen', files: 9, waiting: unmarked.length, unmarked }),
  )
}

const ONE = 'unmarked     1 image waits for a done marker, a.tif among them\n'

test('images that wait for their marker at two listings are told of once', () => {
  expect(said(['a.tif'], ['a.tif'], ['a.tif', 'b.tif'], ['b.tif'])).toEqual(['', ONE, '', ''])
  const two = 'unmarked     2 images wait for a done marker, b.tif among them\n'
  expect(said(['b.tif'], ['a.tif', 'b.tif'])).toEqual(['', two])
})

test('and again after none waited', () => {
  expect(said(['a.tif'], ['a.tif'], [], ['a.tif'], ['a.tif'])).toEqual(['', ONE, '', '', ONE])
})

test('those that are marked a moment after they came are not worth a line', () => {
  expect(said(['a.tif'], ['b.tif'], ['c.tif'], [])).toEqual(['', '', '', ''])
})

test('each folder has its own', () => {
  const line = createMarkerLines()
  const of = (root: string) =>
    line({ kind: 'listed', root, files: 1, waiting: 1, unmarked: ['a.tif'] })
  expect(['/one', '/two', '/one', '/two'].map(of)).toEqual(['', '', ONE, ONE])
})
