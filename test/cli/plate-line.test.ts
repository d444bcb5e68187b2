import { expect, test } from 'vitest'
import { plateLine } from '#cli/plate-line.ts'

const verdicts = { pass: 36, fail: 0, 'cannot-judge': 0 }

function line(expected: number | null, here: number | null): string {
  const planes = { expected, arrived: 36, unreadable: 0 }
  const counts = { wells: 2, fields: 12, objects: 0, verdicts, planes, seconds: 1 }
  const place = { name: 'P', acquisition: 1, folder: '/p', instrument: 'imagexpress' }
  return plateLine({ ...place, ...counts }, here)
}

test('says how many planes came, and how many of those that were promised', () => {
  expect(line(null, null)).toContain('12 fields, 36 planes: 36 pass')
  expect(line(36, 36)).toContain('12 fields, 36 of 36 expected planes: 36 pass')
  expect(line(48, 24)).toContain('12 fields, 36 planes, 24 of 48 expected: 36 pass')
  expect(line(48, null)).toContain('12 fields, 36 of 48 expected planes: 36 pass')
})
