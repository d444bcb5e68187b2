import { describe, expect, test } from 'vitest'
import type { PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { imagesText } from '../../../../src/renderer/features/plates/plate-table.tsx'
import { plateSummary } from '../../../support/sample-plate.ts'
import { reducePlates } from '../../../../src/renderer/features/plates/plates-state.ts'

const plate = (plateId: number, pass = 0): PlateSummary =>
  plateSummary(plateId as PlateId, {
    states: { waiting: 1, pass, fail: 0, 'cannot-judge': 0, unreadable: 2 },
  })

const fault = { kind: 'host-unreachable', detail: 'gone' } as const

describe('reducePlates', () => {
  test('a plate that changed takes the place of what it was', () => {
    const listed = { status: 'listed', plates: [plate(1), plate(0)] } as const
    const changed = reducePlates(listed, { type: 'changed', summary: plate(0, 7) })
    expect(changed).toEqual({ status: 'listed', plates: [plate(1), plate(0, 7)] })
  })

  test('a plate that is new comes first', () => {
    const listed = { status: 'listed', plates: [plate(0)] } as const
    const changed = reducePlates(listed, { type: 'changed', summary: plate(1) })
    expect(changed).toEqual({ status: 'listed', plates: [plate(1), plate(0)] })
  })

  test('a plate whose images turned out to be of another leaves the list, and stays away', () => {
    const listed = { status: 'listed', plates: [plate(1), plate(0)] } as const
    const gone = { type: 'changed', summary: { ...plate(0), identifiedOtherwise: true } } as const
    const left = reducePlates(listed, gone)
    expect(left).toEqual({ status: 'listed', plates: [plate(1)] })
    expect(reducePlates(left, gone)).toEqual(left)
  })

  test('a change before the list is there waits for the list', () => {
    const state = reducePlates({ status: 'loading' }, { type: 'changed', summary: plate(1) })
    expect(state).toEqual({ status: 'loading' })
  })

  test('a list that is on screen stays when it cannot be had anew', () => {
    const listed = { status: 'listed', plates: [plate(0)] } as const
    expect(reducePlates(listed, { type: 'failed', fault })).toBe(listed)
    expect(reducePlates({ status: 'loading' }, { type: 'failed', fault })).toEqual({
      status: 'failed',
      fault,
    })
  })
})

describe('imagesText', () => {
  test('says of how many where an index promises a number', () => {
    expect(imagesText({ ...plate(1, 5), expected: 24 })).toBe('8 of 24')
    expect(imagesText({ ...plate(1, 5), expected: 0 })).toBe('8 of 0')
    expect(imagesText(plate(1, 5))).toBe('8')
  })
})
