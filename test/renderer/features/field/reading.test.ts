import { expect, test } from 'vitest'
import type { RecordId } from '#core/brand.ts'
import { looksFor } from '../../../../src/renderer/features/field/channel-look.ts'
import { pictureOf } from '../../../../src/renderer/features/field/picture.ts'
import { planesShown } from '../../../../src/renderer/features/field/planes-shown.ts'
import { readingAt } from '../../../../src/renderer/features/field/reading.ts'
import { fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

const record = 'cd'.repeat(32) as RecordId
const row = fieldRow([planeRow(1)], { objects: { record, channel: 'DAPI', count: 9 } })
const shown = planesShown(row, { kind: 'plane', z: 0 }, null)
const picture = pictureOf(openedField(row), shown, looksFor(['DAPI'], []))!

/** The upper right tile of a plane 2160 pixels wide: 880 columns. */
const samples = {
  width: 880,
  height: 1280,
  data: Uint16Array.from({ length: 880 * 1280 }, (_, i) => i),
}
const labels = { width: 880, height: 1280, data: new Uint16Array(880 * 1280).fill(7) }

test('reads the sample under the cursor in the tile that holds it', () => {
  const tiles = new Map([
    ['1.0000000000000001/0/1/0', samples],
    [`${record}/0/1/0`, labels],
  ])
  expect(readingAt(picture, { x: 1282.9, y: 3.2 }, 0, key => tiles.get(key))).toEqual({
    x: 1282,
    y: 3,
    pane: 0,
    pixelSize: 0.65,
    values: [{ channel: 'DAPI', value: 3 * 880 + 2 }],
    label: 7,
    map: null,
  })
})

test('says nothing of samples that are on their way', () => {
  const reading = readingAt(picture, { x: 10, y: 10 }, 0, () => undefined)
  expect(reading).toMatchObject({ values: [{ channel: 'DAPI', value: null }], label: 0 })
})

test('reads the map that is stretched over the picture', () => {
  const data = Uint8Array.of(0, 51, 102, 153, 204, 255)
  const map = {
    samples: { width: 3, height: 2, data },
    scaleX: 720,
    scaleY: 1080,
    name: 'uncertainty',
    fullScale: 255,
  }
  const at = (x: number, y: number) => readingAt(picture, { x, y }, 0, () => undefined, map)!.map
  expect(at(0, 0)).toEqual({ name: 'uncertainty', value: 0 })
  expect(at(719.9, 1079)).toEqual({ name: 'uncertainty', value: 0 })
  expect(at(720, 0)!.value).toBe(0.2)
  expect(at(2159, 1080)!.value).toBe(1)
})

test('reads nothing beside the image', () => {
  expect(readingAt(picture, { x: 2160, y: 3 }, 0, () => samples)).toBeNull()
})
