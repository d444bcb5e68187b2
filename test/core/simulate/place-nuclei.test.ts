import { describe, expect, test } from 'vitest'
import { visitInside, type Frame } from '#core/simulate/frame.ts'
import { placeNuclei, type PlacedNuclei } from '#core/simulate/place-nuclei.ts'
import { randomFrom } from '#core/simulate/random.ts'

const frame: Frame = { width: 400, height: 300, pixelSize: 0.65 }
const healthy = { mitotic: 0.03, apoptotic: 0.02 }

function settle(cellsPerSquareMillimetre: number, clustering = 0.5, seed = 1): PlacedNuclei {
  const settlement = { cellsPerSquareMillimetre, clustering, vitality: healthy }
  return placeNuclei(frame, settlement, randomFrom('settle', seed))
}

function areas({ nuclei, labels }: PlacedNuclei): number[] {
  const pixels = nuclei.map(() => 0)
  for (const label of labels.pixels) if (label > 0) pixels[label - 1]! += 1
  return pixels
}

/** Share of the nuclei that have another within two pixels. */
function touching({ labels: { width, height, pixels, count } }: PlacedNuclei): number {
  const together = new Set<number>()
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width - 2; x += 1) {
      const here = pixels[y * width + x]!
      for (const there of [
        pixels[y * width + x + 2]!,
        pixels[Math.min(height - 1, y + 2) * width + x]!,
      ]) {
        if (here > 0 && there > 0 && here !== there) together.add(here).add(there)
      }
    }
  }
  return together.size / count
}

describe('nuclei on the bottom of a well', () => {
  test('never lie on top of each other: each has every pixel of its outline to itself', () => {
    const placed = settle(1500)
    const outlined = placed.nuclei.map(nucleus => {
      let pixels = 0
      visitInside(frame, nucleus.outline, nucleus, () => void (pixels += 1))
      return pixels
    })
    expect(placed.labels.count).toBeGreaterThan(40)
    expect(areas(placed)).toEqual(outlined)
  })

  test('are numbered from 1 without gaps', () => {
    const { labels } = settle(900)
    const seen = [...new Set(labels.pixels)].sort((a, b) => a - b)
    expect(seen).toEqual(Array.from({ length: labels.count + 1 }, (_, i) => i))
  })

  test('touch each other where they cluster, and seldom where they do not', () => {
    const share = (clustering: number): number =>
      Array.from({ length: 6 }, (_, seed) => touching(settle(400, clustering, seed))).reduce(
        (sum, one) => sum + one / 6,
        0,
      )
    expect(share(0.7)).toBeGreaterThan(0.25)
    expect(share(0)).toBeLessThan(0.12)
  })

  test('are as many as the density says', () => {
    const counts = Array.from({ length: 30 }, (_, seed) => settle(400, 0, seed).labels.count)
    const mean = counts.reduce((sum, count) => sum + count) / counts.length
    // 400/mm² on the 260 × 195 µm that the frame shows; those cut by its edge make it more.
    expect(mean).toBeGreaterThan(0.0507 * 400)
    expect(mean).toBeLessThan(0.0507 * 400 * 1.3)
  })

  test('are none where none settled', () => {
    const { nuclei, labels } = settle(0)
    expect(nuclei).toEqual([])
    expect(labels.pixels.every(label => label === 0)).toBe(true)
  })

  test('have the sizes of cultured human cells', () => {
    const whole = Array.from({ length: 10 }, (_, seed) => settle(300, 0, seed)).flatMap(placed => {
      const size = areas(placed)
      return placed.nuclei.flatMap(({ state, x, y }, i) => {
        const inside = x > 15 && y > 15 && x < 245 && y < 180
        return inside && state === 'interphase' ? [size[i]! * 0.65 ** 2] : []
      })
    })
    const sorted = whole.sort((a, b) => a - b)
    // U2OS: about 150 to 500 µm² from the tenth to the ninetieth percentile.
    expect(sorted[Math.floor(sorted.length * 0.1)]).toBeGreaterThan(140)
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeGreaterThan(200)
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThan(350)
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(550)
  })

  test('divide and die among the others', () => {
    const states = Array.from({ length: 20 }, (_, seed) => settle(800, 0.3, seed))
      .flatMap(({ nuclei }) => nuclei)
      .map(({ state }) => state)
    const share = (state: string): number => states.filter(s => s === state).length / states.length
    expect(share('mitotic')).toBeGreaterThan(0.015)
    expect(share('mitotic')).toBeLessThan(0.07)
    expect(share('apoptotic')).toBeGreaterThan(0.008)
    expect(share('apoptotic')).toBeLessThan(0.045)
  })
})
