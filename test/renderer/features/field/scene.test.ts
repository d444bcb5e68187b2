import { describe, expect, test } from 'vitest'
import type { FieldId, PlaneId, RecordId } from '#core/brand.ts'
import { colourMapOf } from '#core/plate/colour-maps.ts'
import { defaultQuality } from '#core/quality/rules.ts'
import { NO_FIELD, reduceField } from '../../../../src/renderer/features/field/field-state.ts'
import {
  mapLimits,
  objectColours,
  rangeOfMeasure,
  sceneOf,
} from '../../../../src/renderer/features/field/scene.ts'
import { fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

const fieldId = 1 as FieldId
const own = openedField(fieldRow([planeRow(1), planeRow(2, { channel: 'FITC' })]))
const other = openedField(fieldRow([planeRow(9)], { fieldId: 9 as FieldId }))
const state = [
  { type: 'asked', fieldId, planeId: null } as const,
  { type: 'opened', fieldId, opened: own } as const,
].reduce(reduceField, NO_FIELD)

function compared(arrangement: 'side' | 'turn', turned: boolean) {
  const shown = { status: 'shown', planeId: null, opened: other } as const
  const comparison = { with: 'reference', arrangement, turned, other: shown } as const
  return sceneOf(reduceField(state, { type: 'compared', comparison }), 'fit', [], null)
}

const keysOf = ({ panes }: ReturnType<typeof sceneOf>) =>
  panes.map(({ picture }) => picture?.channels.map(({ planes }) => planes[0]!.planeId))

describe('a scene', () => {
  test('shows a field in one pane and lays its neighbours ready', () => {
    const scene = sceneOf(state, 'fit', [other], null)
    expect(keysOf(scene)).toEqual([[1, 2]])
    expect(scene.ahead.map(({ channels }) => channels[0]!.planes[0]!.planeId)).toEqual([9])
  })

  test('shows a comparison side by side', () => {
    expect(keysOf(compared('side', false))).toEqual([[1, 2], [9]])
  })

  test('shows one after the other in turn, and lays the hidden one ready', () => {
    expect(keysOf(compared('turn', true))).toEqual([[9]])
    expect(compared('turn', true).ahead).toHaveLength(1)
    expect(keysOf(compared('turn', false))).toEqual([[1, 2]])
  })

  test('shows the channel of a map alone', () => {
    const samples = { width: 1, height: 1, data: Float32Array.of(0.1), step: 64 }
    const map = {
      status: 'shown',
      of: 'plane',
      kind: 'saturation',
      planeId: 2 as PlaneId,
      channel: 'FITC',
      samples,
    } as const
    const scene = sceneOf(reduceField(state, { type: 'map-changed', map }), 'fit', [], null)
    expect(keysOf(scene)).toEqual([[2]])
    expect(scene.panes[0]!.map).toMatchObject({ scaleX: 64, scaleY: 64, zeroIsNothing: true })
  })

  test('stretches what networks said over the field, and shows its channel alone', () => {
    const record = 'cd'.repeat(32) as RecordId
    const data = Uint8Array.of(0, 128, 255, 51, 0, 0)
    const map = {
      status: 'shown',
      of: 'prediction',
      kind: 'entropy',
      record,
      channel: 'FITC',
      samples: { width: 3, height: 2, data },
    } as const
    const events = [
      { type: 'map-changed', map } as const,
      { type: 'map-faded', opacity: 0.25 } as const,
    ]
    const scene = sceneOf(events.reduce(reduceField, state), 'fit', [], null)
    expect(keysOf(scene)).toEqual([[2]])
    expect(scene.panes[0]!.map).toMatchObject({
      scaleX: 720,
      scaleY: 1080,
      limits: { low: 0, high: 255 },
      opacity: 0.25,
      zeroIsNothing: false,
    })
  })

  test('shows every channel under a map of networks that looked at who knows which', () => {
    const map = {
      status: 'shown',
      of: 'prediction',
      kind: 'saliency',
      record: 'cd'.repeat(32) as RecordId,
      channel: null,
      samples: { width: 1, height: 1, data: Uint8Array.of(3) },
    } as const
    const scene = sceneOf(reduceField(state, { type: 'map-changed', map }), 'fit', [], null)
    expect(keysOf(scene)).toEqual([[1, 2]])
  })
})

test('objects are coloured from the least to the most of a measure, and left clear without a value', () => {
  const values = [10, null, 30]
  const colours = objectColours({ count: 3, columns: [{ name: 'Area', values }] }, 'Area')!
  const { colours: table } = colourMapOf('viridis')
  expect([...colours.subarray(0, 3)]).toEqual([...table.subarray(0, 3)])
  expect([...colours.subarray(8, 11)]).toEqual([...table.subarray(765, 768)])
  expect([colours[3]! > 0, colours[7]]).toEqual([true, 0])
})

test('a measure that nobody took colours nothing', () => {
  expect(objectColours({ count: 3, columns: [] }, 'Area')).toBeNull()
  expect(rangeOfMeasure({ name: 'Area', values: [null, null] })).toBeNull()
})

test('what networks said of objects is coloured from 0 to 1, so that fields compare', () => {
  const values = [0.2, 0.4]
  expect(rangeOfMeasure({ name: 'Area', values })).toEqual({ low: 0.2, high: 0.4 })
  for (const name of ['Prediction_Uncertainty', 'Class_Mitotic']) {
    expect(rangeOfMeasure({ name, values })).toEqual({ low: 0, high: 1 })
  }
})

function planeMap(kind: 'sharpness' | 'saturation', ...values: readonly number[]) {
  const data = Float32Array.from(values)
  return { of: 'plane', kind, samples: { width: values.length, height: 1, data } } as const
}

test('a map of sharpness goes to four times the limit of its rule', () => {
  const rule = defaultQuality.rules.find(({ metric }) => metric === 'edge_sharpness')!
  const limit = 2 * rule.limit
  const quality = { ...defaultQuality, rules: [{ ...rule, limit }] }
  const rules = { quality, channels: [] }
  expect(mapLimits(planeMap('sharpness'), rules)).toEqual({ low: 0, high: 4 * limit })
})

test('a map of saturation goes to the worst tile', () => {
  expect(mapLimits(planeMap('saturation', 0, NaN, 0.25), null)).toEqual({ low: 0, high: 0.25 })
  expect(mapLimits(planeMap('saturation', 0, 0), null)).toEqual({ low: 0, high: 1 })
})
