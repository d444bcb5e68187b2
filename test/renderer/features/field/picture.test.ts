import { expect, test } from 'vitest'
import { looksFor } from '../../../../src/renderer/features/field/channel-look.ts'
import { pictureOf } from '../../../../src/renderer/features/field/picture.ts'
import { focusFor, planesShown } from '../../../../src/renderer/features/field/planes-shown.ts'
import { fieldRow, openedField, planeRow } from '../../../support/opened-field.ts'

function pixelSizeOf(...sizes: readonly (number | null)[]): number | null | undefined {
  const field = fieldRow(
    sizes.map((pixelSize, i) => planeRow(i + 1, { pixelSize, channel: `w${i}` })),
  )
  const shown = planesShown(field, focusFor(field, null, null), null)
  return pictureOf(
    openedField(field),
    shown,
    looksFor(
      field.planes.map(p => p.channel),
      [],
    ),
  )?.pixelSize
}

test('the scale goes by what the index says of the pixels, and by the image where it says nothing', () => {
  expect(pixelSizeOf(0.325)).toBe(0.325)
  expect(pixelSizeOf(null, 0.325)).toBe(0.325)
  expect(pixelSizeOf(null)).toBe(0.65)
})
