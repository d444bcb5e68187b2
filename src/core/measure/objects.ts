import type { Labels } from '../image/labels.ts'
import { stage } from '../stage.ts'
import { measureIntensity, type Channel } from './intensity.ts'
import { findRuns } from './object-runs.ts'
import type { ObjectTable } from './object-table.ts'
import { measureShape } from './shape.ts'

export interface MeasureInput {
  readonly labels: Labels
  /** Planes of the field, of the labels' size; their names end the names of the columns. */
  readonly channels: readonly Channel[]
}

/** Measures the shape of every object, and its brightness in every channel. */
export const measureObjects = stage({
  id: 'measure.objects',
  version: 1,
  defaults: {},
  run: measure,
})

/** @throws RangeError for a channel whose size differs from that of the labels. */
function measure({ labels, channels }: MeasureInput): ObjectTable {
  for (const { name, plane } of channels) {
    if (plane.width !== labels.width || plane.height !== labels.height) {
      throw new RangeError(`${name} is ${size(plane)} pixels, its labels are ${size(labels)}`)
    }
  }
  const runs = findRuns(labels)
  const intensities = channels.flatMap(channel => measureIntensity(channel, runs))
  return { count: labels.count, columns: [...measureShape(labels, runs), ...intensities] }
}

function size({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${width}×${height}`
}
