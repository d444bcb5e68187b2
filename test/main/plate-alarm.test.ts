import { describe, expect, test } from 'vitest'
import type { PlateSummary } from '../../src/contract/plates.ts'
import type { PlateId } from '../../src/core/brand.ts'
import { alarmText, createPlateAlarm, isFailing } from '../../src/main/plate-alarm.ts'

function plate(pass: number, fail: number, unreadable = 0, plateId = 0): PlateSummary {
  const states = { waiting: 7, pass, fail, 'cannot-judge': 0, unreadable }
  return { plateId: plateId as PlateId, name: 'BR00117', states } as PlateSummary
}

describe('a plate fails', () => {
  test.each([
    { name: 'not by a few planes, though all of them do', pass: 0, fail: 4, failing: false },
    { name: 'when five of its first planes do', pass: 0, fail: 5, failing: true },
    { name: 'when a tenth of many do', pass: 900, fail: 100, failing: true },
    { name: 'not when less than a tenth do', pass: 901, fail: 100, failing: false },
  ])('$name', ({ pass, fail, failing }) => {
    expect(isFailing(plate(pass, fail))).toBe(failing)
  })

  test('by planes that cannot be read as well', () => {
    expect(isFailing(plate(10, 2, 3))).toBe(true)
  })
})

describe('somebody is called', () => {
  test('once a plate', () => {
    const alarm = createPlateAlarm([])
    const calls = [plate(10, 1), plate(10, 5), plate(10, 6), plate(90, 6), plate(90, 30)].map(alarm)
    expect(calls).toEqual([false, true, false, false, false])
    expect(alarm(plate(0, 9, 0, 1))).toBe(true)
  })

  test('not for a plate that failed before Parfocal was opened', () => {
    const alarm = createPlateAlarm([plate(0, 9, 0, 1), plate(9, 0, 0, 2)])
    expect(alarm(plate(0, 20, 0, 1))).toBe(false)
    expect(alarm(plate(9, 5, 0, 2))).toBe(true)
  })

  test('with the numbers', () => {
    const { title, body } = alarmText(plate(10, 3, 2))
    expect(title).toBe('BR00117 begins to fail')
    expect(body).toContain('5 of the 15 planes judged so far')
  })
})
