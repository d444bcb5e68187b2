import type { ModelCard, ModelSummary, ModelTest } from '#contract/models.ts'

export function shownTest(change: Partial<ModelTest> = {}): ModelTest {
  return {
    testId: 1,
    passed: true,
    provider: 'cpu',
    environment: 'ONNX Runtime 1.29.0, cpu',
    here: true,
    at: '2026-03-01T10:00:00.000Z',
    by: 'Mara',
    seconds: 1.25,
    peakMegabytes: 212.4,
    stochastic: false,
    sizesTried: [],
    outputs: [
      {
        id: 'probability',
        compared: 8192,
        mismatched: 0,
        worst: 0.00002,
        tolerance: '0.001 + 0.001 · value',
        why: null,
      },
    ],
    ...change,
  }
}

export function shownSummary(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    number: 3,
    reference: 'nuclei-1@1.0.0',
    name: 'Nuclei',
    version: '1.0.0',
    task: 'instances-from-boundary',
    state: 'draft',
    lastTest: shownTest(),
    ...change,
  }
}

export function shownCard(change: Partial<ModelCard> = {}): ModelCard {
  return {
    summary: shownSummary(),
    description: 'Finds nuclei.',
    authors: ['Mara Lind'],
    citations: [],
    licence: 'CC0-1.0',
    tags: [],
    formatVersion: '0.5.4',
    weights: { sha256: 'a'.repeat(64), bytes: 1_234_567, opset: 17 },
    diameter: 24,
    classes: [],
    inputs: [{ id: 'raw', description: '', dtype: 'float32', axes: ['y: 64'], processing: [] }],
    outputs: [],
    evaluation: [],
    card: null,
    trainingData: null,
    limitations: null,
    registered: { by: 'Mara', at: '2026-03-01T09:00:00.000Z' },
    tests: [shownTest()],
    history: [
      {
        from: null,
        state: 'draft',
        reason: 'Registered',
        by: 'Mara',
        at: '2026-03-01T09:00:00.000Z',
      },
    ],
    changes: ['qualified', 'retired'],
    ...change,
  }
}
