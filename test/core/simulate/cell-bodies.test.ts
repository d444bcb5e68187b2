import { expect, test } from 'vitest'
import { growSpecimen } from '#core/simulate/specimen.ts'

const frame = { width: 300, height: 300, pixelSize: 0.65 }
const settlement = {
  cellsPerSquareMillimetre: 600,
  clustering: 0.4,
  vitality: { mitotic: 0.02, apoptotic: 0.02 },
}
const { labels, bodies } = growSpecimen(frame, settlement, [3])

test('every nucleus lies in its own cell', () => {
  expect(labels.pixels.filter((label, i) => label > 0 && bodies.owner[i] !== label)).toEqual(
    new Uint32Array(0),
  )
})

test('cells are larger than their nuclei and leave some ground bare', () => {
  const covered = bodies.owner.filter(owner => owner > 0).length
  expect(covered).toBeGreaterThan(2.5 * labels.pixels.filter(label => label > 0).length)
  expect(covered).toBeLessThan(bodies.owner.length)
})

test('remoteness is 1 outside cells and smaller within', () => {
  bodies.remoteness.forEach((remoteness, i) => {
    if (bodies.owner[i] === 0 ? remoteness !== 1 : remoteness > 1) {
      expect.fail(`pixel ${i}: owner ${bodies.owner[i]}, remoteness ${remoteness}`)
    }
  })
})
