import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls } from '#contract/index.ts'
import type { ModelCard, ModelList } from '#contract/models.ts'
import { ok } from '#core/fault.ts'
import { createModelsStore, ModelsView } from '../../../../src/renderer/features/models/index.ts'
import { createCommandBoard } from '../../../../src/renderer/lib/command-board.ts'
import { shownCard, shownSummary, shownTest } from '../../../support/model-cards.ts'
import { paperHost } from '../../../support/paper-host.ts'

/** The view as it stands in the page. */
async function view(
  number: number | null,
  { list, card }: { readonly list?: ModelList; readonly card?: ModelCard },
): Promise<string> {
  const { bridge } = paperHost({
    'models.list': async () => ok(list!),
    'models.open': async () => ok(card!),
  })
  const store = createModelsStore(createClient(calls, bridge), bridge)
  if (number === null) await store.list()
  else await store.open(number)
  const board = createCommandBoard()
  const shared = { store, board, goTo: () => undefined }
  return renderToStaticMarkup(<ModelsView {...shared} place={{ view: 'models', number }} />)
}

function words(html: string): string {
  return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('the list of models', () => {
  test('says how to add one where there is none', async () => {
    const said = words(await view(null, { list: { models: [], bundled: [] } }))
    expect(said).toContain('No model is registered yet.')
    expect(said).toContain('parfocal models add PATH')
    expect(said).toContain('Add a model…')
  })

  test('names each with its state and what its last test on this PC gave', async () => {
    const models = [
      shownSummary(),
      shownSummary({ number: 4, name: 'Old', state: 'in-use', lastTest: null }),
      shownSummary({ number: 5, name: 'Odd', lastTest: shownTest({ passed: false }) }),
    ]
    const html = await view(null, { list: { models, bundled: [{ reference: 'nuclei-2@1.0.0' }] } })
    const said = words(html)
    expect(said).toMatch(/Nuclei nuclei-1@1\.0\.0 objects from boundaries draft passed .* cpu Test/)
    expect(said).toMatch(/Old nuclei-1@1\.0\.0 objects from boundaries in use not run – Test/)
    expect(said).toMatch(/Odd .* failed/)
    expect(html).toContain('aria-label="Register nuclei-2@1.0.0"')
    expect(html).toContain('href="#/models/4"')
  })
})

describe('the card of a model', () => {
  test('offers the states it can be brought into, and none that its test does not allow', async () => {
    const passed = await view(3, { card: shownCard() })
    expect(passed).toMatch(/<button(?![^>]*disabled)[^>]*>Qualify…/)
    const summary = shownSummary({ lastTest: shownTest({ passed: false }) })
    const failed = await view(3, { card: shownCard({ summary }) })
    expect(failed).toMatch(/<button[^>]*disabled=""[^>]*title="Its newest test[^>]*>Qualify…/)
    expect(failed).toMatch(/<button(?![^>]*disabled)[^>]*>Retire…/)
  })

  test('has its weights by hash, its tests by environment and why it became what it is', async () => {
    const tests = [
      shownTest(),
      shownTest({ testId: 2, here: false, environment: 'ONNX Runtime 1.28.0, cpu', passed: false }),
    ]
    const said = words(await view(3, { card: shownCard({ tests }) }))
    expect(said).toContain('a'.repeat(64))
    expect(said).toMatch(/This PC as it is now ONNX Runtime 1\.29\.0, cpu passed/)
    expect(said).toMatch(/Another environment ONNX Runtime 1\.28\.0, cpu failed/)
    expect(said).toContain('all 8192 values within tolerance, largest difference 2.0e-5')
    expect(said).toContain('Registered Mara')
  })

  test('does not keep quiet about what its package leaves out', async () => {
    const said = words(await view(3, { card: shownCard({ licence: '' }) }))
    expect(said).toContain('The package says nothing of how well it does.')
    expect(said).toContain('The package does not say what it was trained on.')
    expect(said).toContain('That does not mean there are none.')
    expect(said).toContain('Licence not said')
  })

  test('shows how well it does, group by group', async () => {
    const evaluation = [
      {
        dataset: 'paper/drawings',
        role: 'independent' as const,
        metrics: ['F1 at 0.5', 'F1 at 0.7'],
        rows: [{ factor: 'squares', values: [0.9127, 0.00001] }],
      },
    ]
    const said = words(await view(3, { card: shownCard({ evaluation }) }))
    expect(said).toMatch(
      /paper\/drawings independent .*F1 at 0\.5 F1 at 0\.7 squares 0\.913 1\.0e-5/,
    )
  })
})
