import { describe, expect, test } from 'vitest'
import { measureInertia } from '#core/measure/inertia.ts'
import { findRuns } from '#core/measure/object-runs.ts'
import { labels } from '../../support/labels.ts'

function inertia(drawing: string) {
  const { centreX, centreY, major, minor, eccentricity, orientation } = measureInertia(
    findRuns(labels(drawing)),
  )
  return {
    centre: [centreX[0], centreY[0]],
    major: major[0],
    minor: minor[0],
    eccentricity: eccentricity[0],
    orientation: orientation[0],
  }
}

describe('measureInertia', () => {
  test('gives a single pixel a place and no extent', () => {
    const pixel = { centre: [2, 1], major: 0, minor: 0, eccentricity: 0, orientation: 0 }
    expect(
      inertia(`
        ...
        ..1
      `),
    ).toEqual(pixel)
  })

  test.each([
    { name: 'a horizontal line', drawing: '1111', orientation: 90 },
    { name: 'a vertical line', drawing: '1\n1\n1\n1', orientation: 0 },
    { name: 'a line that falls to the right', drawing: '1..\n.1.\n..1', orientation: 45 },
    { name: 'a line that rises to the right', drawing: '..1\n.1.\n1..', orientation: -45 },
  ])('knows the direction of $name, which has no width', ({ drawing, orientation }) => {
    expect(inertia(drawing)).toMatchObject({ minor: 0, eccentricity: 1, orientation })
  })

  test('finds no direction in a square', () => {
    const { eccentricity, orientation, major, minor } = inertia('11\n11')
    expect({ eccentricity, orientation }).toEqual({ eccentricity: 0, orientation: 0 })
    expect(major).toBe(minor)
  })

  test('gives a large disc the axes of its diameter', () => {
    const radius = 40
    const pixels = Uint32Array.from({ length: 101 * 101 }, (_, i) =>
      Math.hypot((i % 101) - 50, Math.floor(i / 101) - 50) <= radius ? 1 : 0,
    )
    const { centreX, major, minor } = measureInertia(
      findRuns({ width: 101, height: 101, pixels, count: 1 }),
    )
    expect(centreX[0]).toBe(50)
    expect(major[0]).toBeCloseTo(2 * radius, 0)
    expect(minor[0]).toBeCloseTo(2 * radius, 0)
  })

  test('is the same wherever in a large image the object lies', () => {
    const size = 3000
    const at = (x: number, y: number) => {
      const pixels = new Uint32Array(size * size)
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [2, 1],
        [3, 1],
        [3, 2],
      ]) {
        pixels[(y + dy!) * size + x + dx!] = 1
      }
      const { major, minor, orientation } = measureInertia(
        findRuns({ width: size, height: size, pixels, count: 1 }),
      )
      return [major[0], minor[0], orientation[0]]
    }
    expect(at(2990, 2990)).toEqual(at(0, 0))
  })
})
