import { describe, expect, test } from 'vitest'
import { findRuns } from '#core/measure/object-runs.ts'
import { measureShape } from '#core/measure/shape.ts'
import { labels } from '../../support/labels.ts'

function shape(drawing: string): Readonly<Record<string, number>> {
  const image = labels(drawing)
  const columns = measureShape(image, findRuns(image))
  return Object.fromEntries(columns.map(({ name, values }) => [name, values[0]!]))
}

describe('measureShape', () => {
  test('derives the ratios from area, outline, hull and box', () => {
    const ratios = shape(`
      1..1
      1111
      1111
    `)
    expect(ratios).toMatchObject({
      AreaShape_Area: 10,
      AreaShape_ConvexArea: 12,
      AreaShape_Solidity: 10 / 12,
      AreaShape_Extent: 10 / 12,
      AreaShape_EquivalentDiameter: Math.sqrt(40 / Math.PI),
      AreaShape_FormFactor: (40 * Math.PI) / ratios['AreaShape_Perimeter']! ** 2,
    })
  })

  test('has a value for everything about a single pixel except its form factor', () => {
    expect(shape('1')).toEqual({
      AreaShape_Area: 1,
      AreaShape_Perimeter: 0,
      AreaShape_EquivalentDiameter: Math.sqrt(4 / Math.PI),
      AreaShape_Eccentricity: 0,
      AreaShape_Solidity: 1,
      AreaShape_FormFactor: NaN,
      AreaShape_MajorAxisLength: 0,
      AreaShape_MinorAxisLength: 0,
      AreaShape_Orientation: 0,
      AreaShape_Extent: 1,
      AreaShape_BoundingBoxMinimum_X: 0,
      AreaShape_BoundingBoxMinimum_Y: 0,
      AreaShape_BoundingBoxMaximum_X: 1,
      AreaShape_BoundingBoxMaximum_Y: 1,
      AreaShape_ConvexArea: 1,
      Location_Center_X: 0,
      Location_Center_Y: 0,
    })
  })
})
