import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPlacement } from '../../../src/workstation/inference/node-placement.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parfocal-placement-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function event(name: string, provider: string) {
  return { cat: 'Node', name: `${name}_kernel_time`, args: { provider } }
}

test('counts each node once, by provider, and takes the profile away', () => {
  const events = [
    { cat: 'Session', name: 'model_run' },
    event('conv', 'CUDAExecutionProvider'),
    event('conv', 'CUDAExecutionProvider'),
    event('relu', 'CUDAExecutionProvider'),
    event('resize', 'CPUExecutionProvider'),
    { cat: 'Node', name: 'conv_fence_before', args: {} },
  ]
  writeFileSync(join(folder, 'profile_2026.json'), JSON.stringify(events))
  writeFileSync(join(folder, 'other.json'), '[]')
  expect(readPlacement(join(folder, 'profile'))).toEqual({
    CUDAExecutionProvider: 2,
    CPUExecutionProvider: 1,
  })
  expect(readdirSync(folder)).toEqual(['other.json'])
})

test.each(['not JSON', '{"an":"object"}'])('is empty for a profile that is %s', text => {
  writeFileSync(join(folder, 'profile_1.json'), text)
  expect(readPlacement(join(folder, 'profile'))).toEqual({})
  expect(readdirSync(folder)).toEqual([])
})
