import { describe, expect, test } from 'vitest'
import { fitWindow, LEAST_SIZE } from '../../src/main/window-bounds.ts'

const main = { x: 0, y: 0, width: 1920, height: 1040 }
const left = { x: -1280, y: 100, width: 1280, height: 984 }

describe('the window opens', () => {
  test('in the middle of the main display for the first time', () => {
    expect(fitWindow(null, [main, left])).toEqual({ x: 240, y: 70, width: 1440, height: 900 })
  })

  test.each([
    ['the main display', { x: 10, y: 20, width: 900, height: 600 }],
    ['another display', { x: -1200, y: 150, width: 1000, height: 700 }],
    [
      'the edge of a display, with enough to take hold of',
      { x: 1800, y: 5, width: 900, height: 600 },
    ],
  ])('where it was on %s', (_where, kept) => {
    expect(fitWindow(kept, [main, left])).toEqual(kept)
  })

  test.each([
    ['a display that is gone', { x: -1200, y: 150, width: 1000, height: 700 }],
    ['a place with too little to take hold of', { x: 1850, y: 5, width: 900, height: 600 }],
    [
      'a place above the display, where its title cannot be reached',
      { x: 9, y: -40, width: 900, height: 600 },
    ],
    ['a place below it', { x: 10, y: 1030, width: 900, height: 600 }],
  ])('in the middle when it was on %s', (_where, kept) => {
    expect(fitWindow(kept, [main])).toEqual(fitWindow(null, [main]))
  })

  test('no larger than the display it is on, and no smaller than can be worked in', () => {
    const large = { x: 0, y: 0, width: 4000, height: 3000 }
    expect(fitWindow(large, [main])).toMatchObject({ width: 1920, height: 1040 })
    const small = { x: 0, y: 0, width: 200, height: 100 }
    expect(fitWindow(small, [main])).toMatchObject(LEAST_SIZE)
  })

  test('at its usual size where no display is known', () => {
    expect(fitWindow({ x: 0, y: 0, width: 900, height: 600 }, [])).toEqual({
      width: 1440,
      height: 900,
    })
  })
})
