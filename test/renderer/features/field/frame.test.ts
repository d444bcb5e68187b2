import { expect, test } from 'vitest'
import type { PlaneDescription } from '#contract/pixels.ts'
import type { PlaneId, RecordId } from '#core/brand.ts'
import { fail, ok, type Result } from '#core/fault.ts'
import { looksFor } from '../../../../src/renderer/features/field/channel-look.ts'
import { layOut } from '../../../../src/renderer/features/field/frame.ts'
import { pictureOf } from '../../../../src/renderer/features/field/picture.ts'
import { planesShown } from '../../../../src/renderer/features/field/planes-shown.ts'
import { DESCRIPTION, fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

const record = 'ab'.repeat(32) as RecordId
const row = fieldRow([planeRow(1), planeRow(2, { channel: 'FITC' })], {
  objects: { record, channel: 'DAPI', count: 3 },
})
const shown = planesShown(row, { kind: 'plane', z: 0 }, null)
const looks = looksFor(['DAPI', 'FITC'], [])
const picture = pictureOf(openedField(row), shown, looks)!
const near = {
  camera: { x: 1400, y: 100, zoom: 8 },
  pane: { width: 400, height: 400 },
  pixelRatio: 1,
}
const dapi = '1.0000000000000001'

test('asks for one tile of each channel, and of the objects where they are wanted', () => {
  const { wishes } = layOut(picture, near, true, () => false)
  expect(wishes.map(({ key }) => key)).toEqual([
    `${dapi}/0/1/0`,
    '2.0000000000000002/0/1/0',
    `${record}/0/1/0`,
  ])
  expect(layOut(picture, near, false, () => false).wishes).toHaveLength(2)
})

test('a coarser tile stands for the one that is on its way', () => {
  const { channels } = layOut(picture, near, false, key => key === `${dapi}/1/0/0`)
  expect(channels.map(({ quads }) => quads)).toEqual([
    [
      {
        key: `${dapi}/1/0/0`,
        x: 1280,
        y: 0,
        width: 880,
        height: 1280,
        originX: 0,
        originY: 0,
        scaleX: 2,
        scaleY: 2,
      },
    ],
    [],
  ])
})

test('the finest tile that is there is the one that is drawn', () => {
  const { channels } = layOut(picture, near, false, () => true)
  expect(channels[0]!.quads[0]).toMatchObject({ key: `${dapi}/0/1/0`, originX: 1280, scaleX: 1 })
})

test('a hidden channel is neither drawn nor fetched', () => {
  const hidden = looks.map(look => ({ ...look, shown: look.channel === 'DAPI' }))
  const { wishes } = layOut(pictureOf(openedField(row), shown, hidden)!, near, false, () => false)
  expect(wishes.map(({ key }) => key)).toEqual([`${dapi}/0/1/0`])
})

test('a plane that cannot be read leaves the others as they are', () => {
  const fault = { kind: 'image-truncated', path: 'a.tif', detail: '3 of 9 strips' } as const
  const { details } = openedField(row)
  const described = new Map<PlaneId, Result<PlaneDescription>>([
    [1 as PlaneId, fail(fault)],
    [2 as PlaneId, ok(DESCRIPTION)],
  ])
  const left = pictureOf({ details, described }, shown, looks)!
  expect(left.channels.map(({ channel }) => channel)).toEqual(['FITC'])
})

test('a field whose planes are all unknown has no picture', () => {
  const { details } = openedField(row)
  expect(pictureOf({ details, described: new Map() }, shown, looks)).toBeNull()
})

test('what is compared is shown between the limits of the field in hand', () => {
  const limits = new Map([['DAPI', { low: 1, high: 2 }]])
  const { channels } = pictureOf(openedField(row), shown, looks, limits)!
  expect(channels.map(each => each.limits)).toEqual([
    { low: 1, high: 2 },
    { low: 100, high: 2000 },
  ])
})

test('limits that were held for the plate go before the field’s own', () => {
  const held = looks.map(
    look => ({ ...look, contrast: 'plate', limits: { low: 0, high: 9 } }) as const,
  )
  const { channels } = pictureOf(openedField(row), shown, held)!
  expect(channels[0]!.limits).toEqual({ low: 0, high: 9 })
})

test('a stack is one texture made of all its planes', () => {
  const stack = fieldRow([planeRow(1, { z: 0 }), planeRow(2, { z: 1 })])
  const all = planesShown(stack, { kind: 'maximum' }, null)
  const { wishes } = layOut(pictureOf(openedField(stack), all, looks)!, near, false, () => false)
  expect(wishes).toHaveLength(1)
  expect(wishes[0]!.requests).toHaveLength(2)
})
