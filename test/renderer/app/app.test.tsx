import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Bridge } from '../../../src/contract/client.ts'
import type { ParfocalApi } from '../../../src/contract/index.ts'
import { fail, ok } from '../../../src/core/fault.ts'
import { App } from '../../../src/renderer/app/app.tsx'
import { createAboutStore } from '../../../src/renderer/features/about/index.ts'
import { createMistakesStore } from '../../../src/renderer/features/mistakes/index.ts'

type About = Pick<ParfocalApi, 'about.read'>

const versions = { version: '0.1.0', node: '24.21.0', electron: '45.4.1', chrome: '152.0.1' }

/** What the window says, once it knows what it runs on. */
async function text(api: About, mistake?: { ticket: string }): Promise<string> {
  let tell = (_told: unknown): void => undefined
  const bridge: Bridge = {
    invoke: async () => undefined,
    on: (_name, listener) => {
      tell = listener
      return () => undefined
    },
  }
  const about = createAboutStore(api)
  const mistakes = createMistakesStore(bridge)
  await about.read()
  if (mistake !== undefined) tell(mistake)
  return renderToStaticMarkup(<App about={about} mistakes={mistakes} />).replaceAll(/<[^>]+>/g, ' ')
}

test('says that no folder is being watched and how to start', async () => {
  const said = await text({ 'about.read': async () => ok(versions) })
  expect(said).toContain('No folder is being watched.')
  expect(said).toMatch(/Start with\s+parfocal run FOLDER\s+in a terminal\./)
})

test('names the version and what it runs on', async () => {
  expect(await text({ 'about.read': async () => ok(versions) })).toContain(
    'Parfocal 0.1.0 on Electron 45.4.1, Chrome 152.0.1, Node 24.21.0',
  )
})

test('in a browser it runs on Node alone', async () => {
  const browser = { ...versions, electron: null, chrome: null }
  expect(await text({ 'about.read': async () => ok(browser) })).toContain(
    'Parfocal 0.1.0 on Node 24.21.0',
  )
})

test('a fault is told in words', async () => {
  const said = await text({
    'about.read': async () => fail({ kind: 'unexpected', ticket: 'T-7' }),
  })
  expect(said).toContain('wrote it to its log (T-7)')
})

test('a mistake that no call was waiting for is told with its ticket', async () => {
  const said = await text({ 'about.read': async () => ok(versions) }, { ticket: 'T-8' })
  expect(said).toContain('wrote it to its log (T-8)')
})
