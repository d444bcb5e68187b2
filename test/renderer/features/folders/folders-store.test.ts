import { expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { calls, type ParfocalApi } from '#contract/index.ts'
import { USUAL_WATCH, type WatchedFolder } from '#contract/folders.ts'
import { fail, ok } from '#core/fault.ts'
import { createFoldersStore } from '../../../../src/renderer/features/folders/index.ts'
import { paperHost } from '../../../support/paper-host.ts'

const folder: WatchedFolder = {
  folderId: 3,
  path: '/acquisitions',
  naming: 'loose',
  settings: USUAL_WATCH,
  state: 'starting',
  fault: null,
  lastArrivalAt: null,
  files: 0,
  unmatched: { count: 0, paths: [] },
  unmarked: { count: 0, paths: [] },
  copies: { count: 0, paths: [] },
  faults: [],
  simulated: false,
}

const preview = {
  files: 0,
  cut: false,
  signs: [],
  plates: [],
  plateCount: 0,
  recognised: 0,
  unrecognised: 0,
  beside: 0,
  shown: [],
  faults: [],
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

test('of two previews that are asked for the later one counts', async () => {
  const replies: (() => void)[] = []
  const { bridge } = paperHost({
    'folders.preview': async ({ naming }) => {
      await new Promise<void>(resolve => replies.push(resolve))
      return naming === 'auto'
        ? ok({ ...preview, recognised: 1 })
        : ok({ ...preview, recognised: 2 })
    },
  })
  const store = createFoldersStore(createClient(calls, bridge), bridge)
  const asked = [store.preview('h', 'auto'), store.preview('h', 'loose')]
  expect(store.getSnapshot().preview).toMatchObject({ busy: true, of: { naming: 'loose' } })
  for (const reply of replies.toReversed()) reply()
  await Promise.all(asked)
  expect(store.getSnapshot().preview).toMatchObject({ busy: false, value: { recognised: 2 } })
})

test('what was found before stays in sight beside what is wrong with a pattern', async () => {
  const { bridge } = paperHost({
    'folders.preview': async ({ naming }) =>
      naming === 'auto'
        ? ok(preview)
        : fail({ kind: 'bad-option', option: '--naming', value: naming, allowed: 'a pattern' }),
  })
  const store = createFoldersStore(createClient(calls, bridge), bridge)
  await store.preview('h', 'auto')
  await store.preview('h', '(')
  expect(store.getSnapshot().preview).toMatchObject({
    value: preview,
    fault: { kind: 'bad-option' },
  })
  await store.preview('another', '(')
  expect(store.getSnapshot().preview).toMatchObject({ value: null })
})

test('a folder that is changed is read again as is asked, and a refusal stays in the dialog', async () => {
  const asked: unknown[] = []
  const settings = { ...USUAL_WATCH, doneMarker: '*.done' }
  const refusal = {
    kind: 'bad-option',
    option: 'done marker',
    value: '**',
    allowed: 'one *',
  } as const
  const store = storeOn(async order => {
    asked.push(order)
    return asked.length === 1 ? fail(refusal) : ok(folder)
  })
  store.openChange(folder)
  await store.changeWatch('auto', { ...settings, doneMarker: '**' })
  expect(store.getSnapshot().choice).toEqual({
    status: 'changing',
    folder,
    fault: refusal,
    busy: false,
  })
  await store.changeWatch('auto', settings)
  expect(asked.at(-1)).toEqual({ folderId: 3, naming: 'auto', settings })
  expect(store.getSnapshot().choice).toEqual({ status: 'closed' })
})

test('a folder that is watched is looked into by its id', async () => {
  const asked: unknown[] = []
  const { bridge } = paperHost({
    'folders.preview': async order => {
      asked.push(order)
      return ok(preview)
    },
  })
  const store = createFoldersStore(createClient(calls, bridge), bridge)
  await store.preview(3, 'auto')
  expect(asked).toEqual([{ folderId: 3, naming: 'auto' }])
  expect(store.getSnapshot().preview).toMatchObject({ of: { target: 3 }, value: preview })
})
