import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepSettings } from '#workstation/desk/settings-desk.ts'
import { DEFAULT_SETTINGS, readSettings } from '#workstation/desk/settings-file.ts'
import { auditRows } from '#workstation/store/audit.ts'
import { openedWorkstation } from '../../support/live-store.ts'
import { temporaryFolder } from '../../support/stores.ts'

test('a change is in the file and in the trail, with what was before', () => {
  const workstation = openedWorkstation(temporaryFolder())
  const settings = keepSettings(workstation, DEFAULT_SETTINGS)
  expect(settings.change({ operator: 'Ada', theme: undefined })).toMatchObject({ ok: true })
  expect(settings.change({ operator: 'Ada' })).toMatchObject({ ok: true })
  expect(readSettings(workstation.store.folder)).toMatchObject({ value: { operator: 'Ada' } })
  const changes = [...auditRows(workstation.store.db)].filter(({ action }) => action === 'change')
  expect(changes).toMatchObject([
    {
      entity: 'settings',
      entityId: 'operator',
      oldJson: '{"operator":""}',
      newJson: '{"operator":"Ada"}',
    },
  ])
})

test('what cannot be written is a fault, and is in neither', () => {
  const workstation = openedWorkstation(temporaryFolder())
  const { folder, db } = workstation.store
  const settings = keepSettings(workstation, DEFAULT_SETTINGS)
  // A folder in its place: the file cannot be written, whoever runs the test.
  mkdirSync(join(folder, 'settings.json.tmp'))
  expect(settings.change({ operator: 'Ada' })).toMatchObject({
    ok: false,
    fault: { kind: 'store-not-writable' },
  })
  expect(settings.now().operator).toBe('')
  expect([...auditRows(db)].filter(({ action }) => action === 'change')).toEqual([])
  rmSync(join(folder, 'settings.json.tmp'), { recursive: true })
  expect(settings.change({ operator: 'Ada' })).toMatchObject({ ok: true })
})
