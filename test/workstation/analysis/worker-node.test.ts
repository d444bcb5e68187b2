import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { workerNode } from '../../../src/workstation/analysis/worker-node.ts'

test('workers run under the Node of their parent', () => {
  expect(workerNode(undefined, {})).toBe(process.execPath)
})

test("under Electron they run under a Node of Parfocal's own, of the same line", () => {
  const node = workerNode('45.0.0', {})
  expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./)
})

test('they run under another where one is named', () => {
  expect(workerNode('45.0.0', { PARFOCAL_NODE: '/opt/node' })).toBe('/opt/node')
  expect(workerNode(undefined, { PARFOCAL_NODE: '' })).toBe(process.execPath)
})
