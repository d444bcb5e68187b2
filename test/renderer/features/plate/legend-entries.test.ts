import { expect, test } from 'vitest'
import {
  drawEntry,
  LEGEND_ENTRIES,
  type LegendEntry,
} from '../../../../src/renderer/features/plate/legend-entries.ts'
import { readSkin } from '../../../../src/renderer/features/plate/skin.ts'

/** Everything that is drawn for an entry on a grey screen: filled or not, where, and which lines. */
function shapes(entry: LegendEntry): string {
  const drawn: string[] = []
  const surface = '#0e1012'
  const skin = readSkin(name => (name === '--surface-sunken' ? surface : '#8d97a1'))
  const context = new Proxy(
    { fillStyle: '' },
    {
      get: (target, name) => {
        if (name === 'fillStyle') return target.fillStyle
        return (...numbers: unknown[]) => {
          const cut = name === 'fillRect' && target.fillStyle === surface ? ' cut out' : ''
          drawn.push(`${String(name)} ${numbers.join(' ')}${cut}`)
        }
      },
      set: (target, name, value) => {
        if (name === 'fillStyle') target.fillStyle = String(value)
        return true
      },
    },
  )
  drawEntry(context as unknown as CanvasRenderingContext2D, entry, skin, 0, 0)
  return drawn.filter(line => !line.startsWith('beginPath')).join('\n')
}

test('every look of a well is told from the others without colour', () => {
  const looks = LEGEND_ENTRIES.map(shapes)
  expect(looks.every(look => look !== '')).toBe(true)
  expect(new Set(looks).size).toBe(LEGEND_ENTRIES.length)
})

test('a well without objects is a frame around nothing', () => {
  const empty = LEGEND_ENTRIES.find(({ key }) => key === 'empty')!
  expect(shapes(empty)).toBe('fillRect 0 0 16 16\nfillRect 3 3 10 10 cut out')
})
