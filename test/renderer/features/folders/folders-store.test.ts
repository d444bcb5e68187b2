import { expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls, type ParfocalApi } from '#contract/index.ts'
import type { WatchedFolder } from '#contract/folders.ts'
import { fail, ok } from '#core/fault.ts'
import { createFoldersStore } from '../../../../src/renderer/features/folders/index.ts'
import { paperHost } from '../../../support/paper-host.ts'

const folder: WatchedFolder = {
  folderId: 3,
  path: '/acquisitions',
  naming: 'loose',
  state: 'starting',
  fault: null,
  lastArrivalAt: null,
  files: 0,
  unmatched: { count: 0, paths: [] },
  faults: [],
  simulated: false,
}

function storeOn(reread: ParfocalApi['folders.reread']) {
  const { bridge } = paperHost({
    'folders.list': async () => ok([folder]),
    'folders.reread': reread,
  })
  return createFoldersStore(createClient(calls, bridge), bridge)
}

test('a folder that is read by another naming is shown as it stands then', async () => {
  const asked: unknown[] = []
  const store = storeOn(async order => {
    asked.push(order)
    return ok(folder)
  })
  await store.reread(3, 'loose')
  expect(asked).toEqual([{ folderId: 3, naming: 'loose' }])
  expect(store.getSnapshot()).toMatchObject({ folders: [folder], fault: null })
})

test('why a folder cannot be read by another naming is said, and the list stays', async () => {
  const store = storeOn(async () => fail({ kind: 'folder-handle-unknown' }))
  await store.list()
  await store.reread(4, 'loose')
  expect(store.getSnapshot()).toMatchObject({
    folders: [folder],
    fault: { kind: 'folder-handle-unknown' },
  })
})
