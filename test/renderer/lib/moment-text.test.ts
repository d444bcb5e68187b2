import { expect, test } from 'vitest'
import {
  clockText,
  dayClockText,
  momentText,
  recentText,
} from '../../../src/renderer/lib/moment-text.ts'

// Of the machine's own clock, wherever it stands.
const moment = new Date(2026, 2, 1, 9, 5, 7)

test('a moment is written alike in every language, by the clock of the machine', () => {
  expect(momentText(moment)).toBe('2026-03-01 09:05')
  expect(momentText(moment.toISOString())).toBe('2026-03-01 09:05')
  expect(momentText(moment.getTime())).toBe('2026-03-01 09:05')
})

test('a moment of today needs no day', () => {
  expect(recentText(moment, new Date(2026, 2, 1, 23, 59))).toBe('09:05')
  expect(recentText(moment, new Date(2026, 2, 2, 0, 1))).toBe('2026-03-01 09:05')
  expect(recentText(moment, new Date(2025, 2, 1, 9, 5))).toBe('2026-03-01 09:05')
})

test('an axis of several days tells them', () => {
  expect(dayClockText(moment)).toBe('03-01 09:05')
})

test('a clock tells seconds', () => {
  expect(clockText(moment)).toBe('09:05:07')
})
