import { expect, test } from 'vitest'
import { paintPane } from '../../../../src/renderer/features/field/plain-layer.ts'
import { looksFor } from '../../../../src/renderer/features/field/channel-look.ts'
import { pictureOf } from '../../../../src/renderer/features/field/picture.ts'
import { planesShown } from '../../../../src/renderer/features/field/planes-shown.ts'
import { fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

const row = fieldRow([planeRow(1), planeRow(2, { channel: 'FITC' })])
const shown = planesShown(row, { kind: 'plane', z: 0 }, null)
const looks = looksFor(['DAPI', 'FITC'], []).map(
  (look, i) =>
    ({
      ...look,
      colour: i === 0 ? '#0000ff' : '#ff0000',
      contrast: 'hand',
      limits: { low: 0, high: 100 },
    }) as const,
)
const { channels } = pictureOf(openedField(row), shown, looks)!
const quad = { x: 0, y: 0, width: 2, height: 1, originX: 0, originY: 0, scaleX: 1, scaleY: 1 }
const samples = (...data: readonly number[]) => ({
  width: 2,
  height: 1,
  data: Uint16Array.from(data),
})

test('adds channels up between their limits', () => {
  const tiles = new Map([
    ['1', samples(0, 50)],
    ['2', samples(200, 100)],
  ])
  const image = { width: 4, height: 2, data: new Uint8ClampedArray(32) }
  const pane = {
    camera: { x: 1, y: 0.5, zoom: 2 },
    channels: channels.map((channel, i) => ({ channel, quads: [{ ...quad, key: `${i + 1}` }] })),
  }
  paintPane(image, pane, 1, key => tiles.get(key))
  const pixel = (x: number, y: number) => [
    ...image.data.slice(4 * (y * 4 + x), 4 * (y * 4 + x) + 4),
  ]
  expect(pixel(0, 0)).toEqual([255, 0, 0, 255])
  expect(pixel(1, 1)).toEqual([255, 0, 0, 255])
  expect(pixel(2, 0)).toEqual([255, 0, 128, 255])
})

test('is black beside the image', () => {
  const image = { width: 4, height: 1, data: new Uint8ClampedArray(16) }
  const pane = {
    camera: { x: 1, y: 0.5, zoom: 1 },
    channels: [{ channel: channels[0]!, quads: [{ ...quad, key: '1' }] }],
  }
  paintPane(image, pane, 1, () => samples(100, 100))
  expect([...image.data.slice(0, 8)]).toEqual([0, 0, 0, 255, 0, 0, 255, 255])
})
