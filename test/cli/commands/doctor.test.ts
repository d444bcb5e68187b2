import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parfocal } from '../../support/command-line.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parfocal-doctor-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('prints one JSON document and leaves nothing behind', async () => {
  const { code, stdout, stderr } = await parfocal(['doctor', '--json'], folder)
  const document = JSON.parse(stdout) as {
    ok: boolean
    problems: string[]
    selfTests: unknown[]
    providers: { provider: string; works: boolean; whyNot: object | null }[]
  }
  expect(code).toBe(document.ok ? 0 : 1)
  expect(document.ok).toBe(document.problems.length === 0)
  expect(document.selfTests.length).toBeGreaterThan(0)
  expect(document.providers.map(({ provider }) => provider)).toEqual([
    'cuda',
    'dml',
    'coreml',
    'webgpu',
    'cpu',
  ])
  for (const { works, whyNot } of document.providers) expect(whyNot === null).toBe(works)
  expect(stderr).toBe('')
  expect(readdirSync(folder)).toEqual([])
})

test('tells a person the same in a table', async () => {
  const { stdout } = await parfocal(['doctor'], folder)
  expect(stdout).toMatch(/^SQLite +3\./m)
  expect(stdout).toMatch(/^Self-test +passed +Otsu threshold$/m)
  expect(stdout).toMatch(/^Networks +ONNX Runtime 1\.29\.0$/m)
  expect(stdout).toMatch(/^Provider +cpu +works$/m)
  expect(stdout).toMatch(/^Provider +cuda +(works|not here: .+\. .+)/m)
  expect(stdout).toMatch(/^Self-test +passed +networks on the CPU$/m)
  expect(stdout).toMatch(/(All is well\.|Problems: \d+)\n$/)
})
