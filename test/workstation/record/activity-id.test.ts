import { describe, expect, test } from 'vitest'
import type { Sha256 } from '#core/brand.ts'
import { analysisId, type Method } from '#workstation/record/activity-id.ts'
import type { FieldRow, PlaneRow } from '#workstation/store/fields.ts'
import type { AcquisitionRow } from '#workstation/store/plates.ts'

const run = { plate: '9987', uniqueId: '', folder: '/plates/9987' } as AcquisitionRow
const field = { name: 'B03 s1' } as FieldRow
const method: Method = { recipeHash: 'a'.repeat(64) as Sha256, stages: [] }
const networks = ['b'.repeat(64) as Sha256]

function plane(pixelSize: number | null): PlaneRow {
  const file = { path: '/plates/9987/a.tif', bytes: 10, modified: '1' }
  const place = { channel: 'DAPI', z: 1, projection: 0, page: 0 }
  return { id: 1, fieldId: 1, ...file, ...place, pixelSize } as PlaneRow
}

function id(pixelSize: number | null, how: Method) {
  return analysisId(run, field, [plane(pixelSize)], 'DAPI', how)
}

describe('a pixel size that the index says later', () => {
  test('is another analysis by networks, which see the image at its scale', () => {
    const before = id(null, { ...method, networks })
    expect(id(0.65, { ...method, networks })).not.toBe(before)
    expect(id(0.65, { ...method, networks })).not.toBe(id(0.325, { ...method, networks }))
  })

  test('changes nothing for methods that do not ask for it', () => {
    expect(id(0.65, method)).toBe(id(null, method))
  })
})
