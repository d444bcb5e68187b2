import { expect, test } from 'vitest'
import { runtimeComplaint } from '../../../src/workstation/inference/runtime-complaint.ts'

test.each([
  ['Load model from /home/anna/secret/weights.onnx failed', 'Load model from weights.onnx failed'],
  ['File C:\\Users\\anna\\w.onnx is bad', 'File w.onnx is bad'],
  ['/onnxruntime_src/core/a.cc:100 Init was false', 'a.cc:100 Init was false'],
  ['node \u001b[31mred\u001b[0m\nnext', 'node  [31mred [0m next'],
])('%s', (said, kept) => {
  expect(runtimeComplaint(new Error(said))).toBe(kept)
})

test('is bounded', () => {
  expect(runtimeComplaint('x'.repeat(5000))).toHaveLength(301)
})
