import { expect, test } from 'vitest'
import { trayLines, trayText } from '../../src/main/tray-text.ts'

test.each([
  ['nothing was imaged', [], 'Nothing flagged'],
  ['all is well', [{ name: 'BR00117', flagged: 0 }], 'Nothing flagged'],
  ['one plate is flagged', [{ name: 'BR00117', flagged: 3 }], '3 flagged on BR00117'],
  [
    'another plate is well',
    [
      { name: 'BR00116', flagged: 0 },
      { name: 'BR00117', flagged: 3 },
    ],
    '3 flagged on BR00117',
  ],
  [
    'two plates are flagged',
    [
      { name: 'BR00116', flagged: 1 },
      { name: 'BR00117', flagged: 3 },
    ],
    '4 flagged on 2 plates',
  ],
])('where %s the tray says so', (_where, plates, text) => {
  expect(trayText(plates)).toBe(text)
})

test('its menu has a line a plate, the worst first, and no more than fit', () => {
  const plates = Array.from({ length: 20 }, (_, i) => ({ name: `P${i}`, flagged: i }))
  expect(trayLines(plates, 3)).toEqual([
    '19 flagged on P19',
    '18 flagged on P18',
    '17 flagged on P17',
  ])
  expect(trayLines([{ name: 'P', flagged: 0 }])).toEqual([])
})
