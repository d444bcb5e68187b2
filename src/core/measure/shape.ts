import type { Labels } from '../image/labels.ts'
import { measureConvexAreas } from './convex-area.ts'
import { measureExtents } from './extent.ts'
import { measureInertia } from './inertia.ts'
import type { ObjectRuns } from './object-runs.ts'
import type { MeasureColumn } from './object-table.ts'
import { measurePerimeters } from './perimeter.ts'

/**
 * Size, outline and form of each object, as scikit-image's `regionprops` 0.19 gives them and CellProfiler names them.
 *
 * Lengths in pixels, areas in pixels. Form factor is 4π · area / perimeter²: 1 for a circle. An object of one or two
 * pixels has no outline to speak of, and its form factor is NaN; nothing else here is ever NaN.
 */
export function measureShape(labels: Labels, runs: ObjectRuns): readonly MeasureColumn[] {
  const { area, left, top, right, bottom } = measureExtents(runs)
  const { centreX, centreY, major, minor, eccentricity, orientation } = measureInertia(runs)
  const perimeter = measurePerimeters(labels, runs)
  const convexArea = measureConvexAreas(runs)
  return [
    { name: 'AreaShape_Area', values: area },
    { name: 'AreaShape_Perimeter', values: perimeter },
    { name: 'AreaShape_EquivalentDiameter', values: area.map(a => Math.sqrt((4 * a) / Math.PI)) },
    { name: 'AreaShape_Eccentricity', values: eccentricity },
    { name: 'AreaShape_Solidity', values: area.map((a, i) => a / convexArea[i]!) },
    { name: 'AreaShape_FormFactor', values: area.map((a, i) => formFactor(a, perimeter[i]!)) },
    { name: 'AreaShape_MajorAxisLength', values: major },
    { name: 'AreaShape_MinorAxisLength', values: minor },
    { name: 'AreaShape_Orientation', values: orientation },
    {
      name: 'AreaShape_Extent',
      values: area.map((a, i) => a / ((right[i]! - left[i]!) * (bottom[i]! - top[i]!))),
    },
    { name: 'AreaShape_BoundingBoxMinimum_X', values: left },
    { name: 'AreaShape_BoundingBoxMinimum_Y', values: top },
    { name: 'AreaShape_BoundingBoxMaximum_X', values: right },
    { name: 'AreaShape_BoundingBoxMaximum_Y', values: bottom },
    { name: 'AreaShape_ConvexArea', values: convexArea },
    { name: 'Location_Center_X', values: centreX },
    { name: 'Location_Center_Y', values: centreY },
  ]
}

function formFactor(area: number, perimeter: number): number {
  return perimeter === 0 ? NaN : (4 * Math.PI * area) / perimeter ** 2
}
