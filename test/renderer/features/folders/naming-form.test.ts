import { expect, test } from 'vitest'
import { draftOf, namingOf } from '../../../../src/renderer/features/folders/naming-form.tsx'

test.each(['auto', 'loose', 'imagexpress', '(?<well>[A-P]\\d\\d)', 'maps/plate.csv'])(
  '%s is said by the draft that it gives',
  naming => expect(namingOf(draftOf(naming))).toBe(naming),
)

test('what is typed after a table has its ending, so that it is no pattern', () => {
  const draft = draftOf('map.csv')
  expect(namingOf({ ...draft, table: 'plate' })).toBe('plate.csv')
  expect(namingOf({ ...draft, table: '' })).toBe('')
})

test('what was typed stays while another way is looked at', () => {
  const draft = draftOf('(?<well>B\\d)')
  const looked = { ...draft, way: 'auto' }
  expect(namingOf(looked)).toBe('auto')
  expect(namingOf({ ...looked, way: draft.way })).toBe('(?<well>B\\d)')
})
