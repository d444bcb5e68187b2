import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { USUAL_WATCH, type WatchedFolder } from '#contract/folders.ts'
import { calls } from '#contract/index.ts'
import { ok } from '#core/fault.ts'
import { createFoldersStore, FolderList } from '../../../../src/renderer/features/folders/index.ts'
import { createCommandBoard } from '../../../../src/renderer/lib/command-board.ts'
import { paperHost } from '../../../support/paper-host.ts'

const folder: WatchedFolder = {
  folderId: 3,
  path: '/acquisitions',
  naming: 'auto',
  settings: USUAL_WATCH,
  state: 'watching',
  fault: null,
  lastArrivalAt: null,
  files: 4,
  unmatched: { count: 0, paths: [] },
  unmarked: { count: 0, paths: [] },
  copies: { count: 0, paths: [] },
  faults: [],
  simulated: false,
}
const unmatched = { count: 3, paths: ['odd 1.tif', 'odd 2.tif'] }

/** The list as it stands in the page. */
async function listOf(folder: WatchedFolder): Promise<string> {
  const { bridge } = paperHost({ 'folders.list': async () => ok([folder]) })
  const store = createFoldersStore(createClient(calls, bridge), bridge)
  await store.list()
  return renderToStaticMarkup(<FolderList store={store} board={createCommandBoard()} />)
}

const OFFER = 'aria-label="Take every image as a field of its own in /acquisitions"'

describe('the list of watched folders', () => {
  test('offers to take every image as a field of its own where some were not recognised', async () => {
    const html = await listOf({ ...folder, unmatched })
    expect(html).toContain(OFFER)
    for (const words of [
      'odd 1.tif',
      'odd 2.tif',
      'and 1 more',
      'stays on record',
      'plates leave the list',
    ]) {
      expect(html).toContain(words)
    }
  })

  test('offers nothing where all is recognised', async () => {
    expect(await listOf(folder)).not.toContain(OFFER)
  })

  test('says of a folder whose images are all taken that the others are none, and offers the way back', async () => {
    const html = await listOf({ ...folder, naming: 'loose', unmatched })
    expect(html).toContain('these are no images')
    expect(html).not.toContain(OFFER)
    expect(html).toContain('aria-label="Recognise plates again in /acquisitions"')
  })

  test('says quietly which images wait for a done marker, and which were left out as copies', async () => {
    const html = await listOf({
      ...folder,
      settings: { ...USUAL_WATCH, doneMarker: '*.done' },
      unmarked: { count: 2, paths: ['B03_w1.tif', 'B03_w2.tif'] },
      copies: { count: 1, paths: ['again/B04_w1.tif'] },
    })
    for (const words of [
      '2 images waiting for *.done',
      'B03_w2.tif',
      '1 copy left out',
      'again/B04_w1.tif',
    ]) {
      expect(html).toContain(words)
    }
    expect(html).not.toContain(OFFER)
  })

  test('lets every folder be changed', async () => {
    expect(await listOf(folder)).toContain('aria-label="Change how /acquisitions is watched"')
  })
})
