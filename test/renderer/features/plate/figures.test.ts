import { describe, expect, test } from 'vitest'
import { figuresOf } from '../../../../src/renderer/features/plate/figures.ts'
import { FIRST_LOOK, type Look } from '../../../../src/renderer/features/plate/look.ts'
import { openPlate, plateDetails, wellRow } from '../../../support/sample-plate.ts'

const quantity = { kind: 'measure', measure: 'Nuclei_AreaShape_Area', statistic: 'cv' } as const
const whole = { kind: 'data', lowPercent: 0, highPercent: 100 } as const

function look(given: Partial<Look>): Look {
  return { ...FIRST_LOOK, limits: whole, ...given }
}

const counted = openPlate(
  plateDetails(6, [
    wellRow(0, 0, { objects: 1 }),
    wellRow(0, 1, { objects: 2 }),
    wellRow(0, 2, { objects: 9 }),
    wellRow(1, 0, { objects: null }),
  ]),
)

describe('what the colours of a plate say', () => {
  test('verdicts are no numbers', () => {
    const { scale, plates, headings } = figuresOf([counted], look({}))
    expect(scale).toBeNull()
    expect(plates[0]!.shown).toBeNull()
    expect(headings).toEqual({ shown: null, value: null })
  })

  test('numbers of objects leave out wells in which none were looked for', () => {
    const { plates, scale } = figuresOf([counted], look({ colourBy: { kind: 'objects' } }))
    expect([...plates[0]!.shown!]).toEqual([1, 2, 9, NaN, NaN, NaN])
    expect(scale).toEqual({ low: 1, high: 9 })
  })

  test('scores come from each plate by itself, on one scale around zero', () => {
    const { plates, scale, map, title } = figuresOf(
      [counted],
      look({ colourBy: { kind: 'objects' }, scores: true }),
    )
    expect(plates[0]!.shown![1]).toBe(0)
    expect(plates[0]!.values![1]).toBe(2)
    expect(scale!.low).toBe(-scale!.high)
    expect(map.kind).toBe('diverging')
    expect(title).toBe('Objects, robust z')
  })

  test('progress always goes from 0 to 100 %', () => {
    const plate = openPlate(plateDetails(6, [wellRow(0, 0, { expected: 8 })]))
    const { plates, scale } = figuresOf([plate], look({ colourBy: { kind: 'progress' } }))
    expect(plates[0]!.shown![0]).toBe(50)
    expect(scale).toEqual({ low: 0, high: 100 })
  })

  test('plates side by side share a scale', () => {
    const brighter = openPlate(plateDetails(6, [wellRow(0, 0, { objects: 90 })]))
    const { scale } = figuresOf([counted, brighter], look({ colourBy: { kind: 'objects' } }))
    expect(scale).toEqual({ low: 1, high: 90 })
  })
})

describe('numbers that are asked for', () => {
  const colourBy = { kind: 'quantity', quantity } as const
  const values = { wells: ['A02', 'Z99'], values: [12, 5], exact: false }

  test('are on their way until those of this quantity have come', () => {
    const stale = openPlate(counted.details, { numbers: { key: 'another', values } })
    const { plates, scale } = figuresOf([stale], look({ colourBy }))
    expect(plates[0]!.pending).toBe(true)
    expect(scale).toBeNull()
  })

  test('find their wells by name; a well that the plate does not have is left out', () => {
    const key = 'measure/Nuclei_AreaShape_Area/cv'
    const { plates, title } = figuresOf(
      [openPlate(counted.details, { numbers: { key, values } })],
      look({ colourBy }),
    )
    expect(plates[0]!.pending).toBe(false)
    expect([...plates[0]!.shown!]).toEqual([NaN, 12, NaN, NaN, NaN, NaN])
    expect(title).toBe('Nuclei_AreaShape_Area, CV %')
  })
})

describe('colours by the platemap', () => {
  const layout = [
    { well: 'A01', control: 'negative', labels: { compound: 'DMSO', dose: '1' } },
    { well: 'A02', control: '', labels: { compound: 'Taxol', dose: '10' } },
  ]
  const mapped = openPlate({ ...counted.details, layout })

  test('words are categories, the same on every plate', () => {
    const other = openPlate({
      ...counted.details,
      layout: [{ well: 'A01', control: '', labels: { compound: 'Taxol' } }],
    })
    const colourBy = { kind: 'layout', column: 'compound' } as const
    const { categories, plates } = figuresOf([mapped, other], look({ colourBy }))
    expect(categories).toEqual(['DMSO', 'Taxol'])
    expect(plates[1]!.scene.paint).toMatchObject({ places: Int16Array.of(1, -1, -1, -1, -1, -1) })
  })

  test('numbers are a scale', () => {
    const colourBy = { kind: 'layout', column: 'dose' } as const
    const { scale, categories } = figuresOf([mapped], look({ colourBy }))
    expect(scale).toEqual({ low: 1, high: 10 })
    expect(categories).toBeNull()
  })

  test('controls are marked whatever the colours say', () => {
    const { plates } = figuresOf([mapped], look({}))
    expect(plates[0]!.scene.controls).toEqual(['N', '', '', '', '', ''])
  })
})
