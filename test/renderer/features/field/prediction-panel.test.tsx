import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Prediction } from '#contract/fields.ts'
import type { RecordId } from '#core/brand.ts'
import { PredictionPanel } from '../../../../src/renderer/features/field/prediction-panel.tsx'

const SURE: Prediction = {
  record: 'ab'.repeat(32) as RecordId,
  networks: [{ id: 'nuclei-1', version: '1.0.0', weights: 'c0ffee12'.repeat(8) }],
  provider: 'cuda',
  threads: 1,
  runtime: 'ONNX Runtime 1.30.0',
  fellBack: null,
  passes: 1,
  uncertainty: 0.1,
  components: { ambiguity: 0.05, disagreement: 0.31, newPart: 0.2 },
  novelty: null,
  limits: { uncertainty: 0.5, novelty: 0.99 },
  decision: 'use',
  doubts: [],
  maps: [],
}

function textOf(prediction: Prediction): string {
  return renderToStaticMarkup(<PredictionPanel prediction={prediction} />)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

test('says what is used, how sure it is, and what ran', () => {
  expect(textOf(SURE)).toBe(
    'Prediction used Uncertainty 0.10 of at most 0.50 ' +
      'disagreement on objects 0.31 new part 0.20 blur and noise 0.05 ' +
      'nuclei-1 1.0.0 c0ffee12 One prediction. CUDA, 1 thread; ONNX Runtime 1.30.0.',
  )
})

test('says why it is for review, and warns of what networks never saw', () => {
  const text = textOf({
    ...SURE,
    decision: 'review',
    doubts: [
      { kind: 'field-uncertain', value: 0.62, limit: 0.5 },
      { kind: 'field-novel', value: 0.998, limit: 0.99 },
    ],
    uncertainty: 0.62,
    novelty: 0.998,
    provider: 'cpu',
    threads: 4,
    passes: 24,
    fellBack: 'no device with CUDA was found',
  })
  expect(text).toContain('for review The network is unsure: uncertainty 0.62 of at most 0.50.')
  expect(text).toContain('Unlike its training images: novelty 0.998 of at most 0.99.')
  expect(text).toContain('Novelty 0.998 of at most 0.99')
  expect(text).toContain('What they say may be wrong, however sure they are.')
  expect(text).toContain('24 predictions, combined. CPU, 4 threads; ONNX Runtime 1.30.0.')
  expect(text).toContain('Fell back: no device with CUDA was found')
})
