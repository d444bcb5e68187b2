import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cameraFor,
  draggedBy,
  imagePoint,
  zoomedAt,
} from '../../../../src/renderer/features/field/camera.ts'

const image = { width: 2160, height: 1080 }
const pane = { width: 1096, height: 800 }

describe('a camera', () => {
  test('shows the whole image when nothing else is wished for', () => {
    expect(cameraFor('fit', image, pane)).toEqual({ x: 1080, y: 540, zoom: 0.5 })
  })

  test('keeps the point under the cursor in its place while zooming', () => {
    const places = fc.record({
      x: fc.double({ min: 0, max: 1096, noNaN: true }),
      y: fc.double({ min: 0, max: 800, noNaN: true }),
    })
    fc.assert(
      fc.property(places, fc.double({ min: 0.5, max: 3, noNaN: true }), (at, factor) => {
        const camera = { x: 300, y: 200, zoom: 2 }
        const before = imagePoint(camera, pane, at)
        const after = imagePoint(zoomedAt(camera, pane, at, factor), pane, at)
        expect(after.x).toBeCloseTo(before.x, 6)
        expect(after.y).toBeCloseTo(before.y, 6)
      }),
    )
  })

  test('moves against the drag, by image pixels', () => {
    expect(draggedBy({ x: 100, y: 100, zoom: 4 }, 40, -8)).toEqual({ x: 90, y: 102, zoom: 4 })
  })

  test('never looks past the image nor nearer than 64 screen pixels for one of its own', () => {
    expect(cameraFor({ x: -50, y: 5000, zoom: 1000 }, image, pane)).toEqual({
      x: 0,
      y: 1080,
      zoom: 64,
    })
  })

  test('lets an image be seen at half its fitting size and no smaller', () => {
    expect(cameraFor({ x: 0, y: 0, zoom: 0 }, image, pane).zoom).toBe(0.25)
  })
})
