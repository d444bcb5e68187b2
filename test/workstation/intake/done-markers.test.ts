import { describe, expect, test } from 'vitest'
import { createDoneMarkers, isMarkerName } from '#workstation/intake/done-markers.ts'

function markersWith(name: string, settled: readonly string[], ...paths: readonly string[]) {
  const markers = createDoneMarkers(name)
  for (const path of settled) markers.settle(path)
  markers.reset([...settled, ...paths])
  return markers
}

describe('a done marker', () => {
  test.each([
    ['*.done', 'a/x.tif.done'],
    ['*.done', 'a/x.done'],
    ['done_*.txt', 'a/done_x.txt'],
  ])('%s is for one image: %s', (name, marker) => {
    const markers = markersWith(name, [], marker, 'a/x.tif', 'a/y.tif')
    expect(markers.isMarker(marker)).toBe(true)
    expect(markers.isAwaited('a/x.tif')).toBe(false)
    expect(markers.isAwaited('a/y.tif')).toBe(true)
    expect(markers.isAwaited('x.tif')).toBe(true)
  })

  test('without an image is for its folder and what is below, once it has settled', () => {
    const young = markersWith('*.done', [], 'a/all.done', 'a/x.tif')
    expect(young.isAwaited('a/x.tif')).toBe(true)
    const settled = markersWith('*.done', ['a/all.done'], 'a/x.tif', 'a/b/y.tif', 'c/z.tif')
    expect(['a/x.tif', 'a/b/y.tif', 'c/z.tif'].map(settled.isAwaited)).toEqual([false, false, true])
  })

  test('in the top folder is for everything', () => {
    const markers = markersWith('DONE', ['DONE'], 'a/b/x.tif')
    expect(markers.isAwaited('a/b/x.tif')).toBe(false)
    expect(markers.isAwaited('x.tif')).toBe(false)
  })

  test('speaks no more once it is gone', () => {
    const markers = markersWith('*.done', ['a/all.done'], 'a/x.tif')
    markers.reset(['a/x.tif'])
    expect(markers.isAwaited('a/x.tif')).toBe(true)
    markers.reset(['a/x.tif', 'a/all.done'])
    expect(markers.isAwaited('a/x.tif')).toBe(true)
  })

  test('is for images alone, and for none where nobody writes any', () => {
    expect(markersWith('*.done', [], 'a/P.HTD').isAwaited('a/P.HTD')).toBe(false)
    const none = createDoneMarkers(null)
    expect(none.isAwaited('a.tif')).toBe(false)
    expect(none.isMarker('a.done')).toBe(false)
  })
})

test.each([
  ['*.done', true],
  ['done.txt', true],
  ['finished_*', true],
  ['*', false],
  ['', false],
  ['*.*.done', false],
  ['a/*.done', false],
  ['a\\*.done', false],
])('%s may be the name of a marker: %s', (name, allowed) => {
  expect(isMarkerName(name)).toBe(allowed)
})
