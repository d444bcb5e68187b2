import type { Axis, AxisSize } from '#core/infer/model-description.ts'

const KINDS: Readonly<Record<string, Axis['kind']>> = {
  batch: 'batch',
  channel: 'channel',
  index: 'index',
  time: 'time',
}

/** Axes of these ids, of any length; what is not batch, channel, index or time is space. */
export function axesOf(...ids: readonly string[]): Axis[] {
  const size: AxisSize = { kind: 'stepped', min: 1, step: 1 }
  return ids.map(id => ({
    id,
    kind: KINDS[id] ?? 'space',
    size,
    channelNames: [],
    scale: 1,
    unit: null,
    halo: 0,
  }))
}
