import { describe, expect, test } from 'vitest'
import { measureObjects } from '#core/measure/objects.ts'
import { labels } from '../../support/labels.ts'
import { plane } from '../../support/planes.ts'

describe('measureObjects', () => {
  test('gives a row an object, shape first, then each channel under its name', () => {
    const table = measureObjects.run(
      {
        labels: labels('1.22'),
        channels: [
          { name: 'DNA', plane: plane('255 0 0 0') },
          { name: 'Actin', plane: plane('0 0 255 255') },
        ],
      },
      measureObjects.defaults,
    )
    expect(table.count).toBe(2)
    const rows = Object.fromEntries(table.columns.map(({ name, values }) => [name, [...values]]))
    expect(rows).toMatchObject({
      AreaShape_Area: [1, 2],
      Location_Center_X: [0, 2.5],
      Intensity_MeanIntensity_DNA: [1, 0],
      Intensity_MeanIntensity_Actin: [0, 1],
    })
    expect(Object.keys(rows)).toHaveLength(17 + 2 * 6)
  })

  test('gives an empty field all its columns and no rows', () => {
    const table = measureObjects.run(
      { labels: labels('...'), channels: [{ name: 'DNA', plane: plane('1 2 3') }] },
      measureObjects.defaults,
    )
    expect(table.count).toBe(0)
    expect(table.columns).toHaveLength(17 + 6)
    for (const { values } of table.columns) expect(values).toHaveLength(0)
  })

  test('refuses a channel of another size than the labels', () => {
    const channels = [{ name: 'DNA', plane: plane('1 2') }]
    expect(() =>
      measureObjects.run({ labels: labels('1.1'), channels }, measureObjects.defaults),
    ).toThrow('DNA is 2×1 pixels, its labels are 3×1')
  })
})
