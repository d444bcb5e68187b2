import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { measureObjects } from '#core/measure/objects.ts'
import { goldenTiff } from '../../support/golden-tiff.ts'

type Expected = Readonly<Record<string, readonly (number | null)[]>>

const expected = JSON.parse(
  readFileSync(new URL('objects.json', import.meta.url), 'utf8'),
) as Expected

async function measureGolden() {
  const image = await goldenTiff('measure/labels.tif')
  const pixels = Uint32Array.from(image.pixels)
  const labels = { ...image, pixels, count: Math.max(...pixels) }
  const [dna, actin, er] = await Promise.all(
    ['dna', 'actin', 'er'].map(name => goldenTiff(`measure/${name}.tif`)),
  )
  const channels = [
    { name: 'DNA', plane: { ...dna!, pixels: dna!.pixels as Uint16Array, fullScale: 65535 } },
    { name: 'Actin', plane: { ...actin!, pixels: actin!.pixels as Uint8Array, fullScale: 255 } },
    { name: 'ER', plane: { ...er!, pixels: er!.pixels as Float32Array, fullScale: 1 } },
  ]
  return measureObjects.run({ labels, channels }, measureObjects.defaults)
}

const table = await measureGolden()

describe('objects against skimage.measure.regionprops 0.19.3 and numpy', () => {
  test('has the same columns, in one order', () => {
    expect(table.columns.map(({ name }) => name)).toEqual(Object.keys(expected))
    expect(table.count).toBe(74)
  })

  test.each(table.columns)('$name', ({ name, values }) => {
    expected[name]!.forEach((value, i) => {
      if (value === null) return
      // The formulas are the same in double precision; only sums run in another order. The
      // absolute part is for what is exactly 0 here and a rounding error there.
      const tolerance = 1e-12 * Math.abs(value) + 1e-12
      expect(Math.abs(values[i]! - value), `object ${i + 1}`).toBeLessThanOrEqual(tolerance)
    })
  })

  test('gives NaN for nothing but the form factor of objects without an outline', () => {
    for (const { name, values } of table.columns) {
      const none = values.map((value, i) => (Number.isNaN(value) ? i + 1 : 0)).filter(i => i > 0)
      const noOutline = expected['AreaShape_Perimeter']!.flatMap((p, i) => (p === 0 ? [i + 1] : []))
      expect([...none]).toEqual(name === 'AreaShape_FormFactor' ? noOutline : [])
    }
  })
})
