import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examine } from '../../../src/workstation/doctor/examine.ts'

test('an examination knows what it runs on and survives the way to JSON', async () => {
  const examined = await examine(join(tmpdir(), 'parfocal-nowhere', 'store'))
  if (!examined.ok) throw new Error(examined.fault.kind)
  const { versions, machine, problems } = examined.value
  expect(versions).toMatchObject({ node: process.versions.node, electron: null })
  expect(versions.sqlite).toMatch(/^3\.\d+\.\d+$/)
  expect(machine.cores).toBeGreaterThanOrEqual(1)
  expect(examined.value.ok).toBe(problems.length === 0)
  expect(JSON.parse(JSON.stringify(examined.value))).toEqual(examined.value)
})
