import { expect, test } from 'vitest'
import { faultStatus } from '#workstation/pixels/fault-status.ts'

test.each([
  ['plane-not-found', 404],
  ['file-changed', 410],
  ['image-corrupt', 422],
  ['worker-lost', 503],
  ['file-locked', 503],
  ['disk-full', 503],
  ['unexpected', 500],
] as const)('%s is told by status %d', (kind, status) => {
  expect(faultStatus(kind)).toBe(status)
})
