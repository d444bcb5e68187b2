import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  DEFAULT_SETTINGS,
  readSettings,
  setSettingsAside,
  writeSettings,
} from '#workstation/desk/settings-file.ts'
import { temporaryFolder } from '../../support/stores.ts'

describe('the settings of a store', () => {
  test('are the defaults where none were kept', () => {
    expect(readSettings(temporaryFolder())).toEqual({ ok: true, value: DEFAULT_SETTINGS })
  })

  test('are read as they were written, and nothing unfinished is left', () => {
    const store = temporaryFolder()
    const asked = { quietSeconds: 20, access: 'polling', doneMarker: '*.done' } as const
    const folders = [{ path: '/data/plate 1', naming: 'auto', settings: asked }]
    const settings = { ...DEFAULT_SETTINGS, operator: 'Ada', folders }
    writeSettings(store, DEFAULT_SETTINGS)
    writeSettings(store, settings)
    expect(readSettings(store)).toEqual({ ok: true, value: settings })
    expect(readdirSync(store)).toEqual(['settings.json'])
  })

  test('ask for nothing of a folder that was remembered before anything could be asked', () => {
    const store = temporaryFolder()
    const folders = [{ path: '/p', naming: 'auto' }]
    const text = JSON.stringify({ ...DEFAULT_SETTINGS, folders })
    writeFileSync(join(store, 'settings.json'), text)
    expect(readSettings(store)).toMatchObject({
      value: { folders: [{ settings: { quietSeconds: null, access: 'auto', doneMarker: null } }] },
    })
  })

  test.each([
    { name: 'no JSON', text: '{"theme": "dark"', detail: /JSON/ },
    { name: 'an unknown theme', text: '{"format":1,"theme":"pink"}', detail: /^theme: / },
    { name: 'another format', text: '{"format":2}', detail: /^theme|^format/ },
    { name: 'nothing', text: '', detail: /JSON/ },
  ])('are named and kept aside where they are $name', ({ text, detail }) => {
    const store = temporaryFolder()
    const path = join(store, 'settings.json')
    writeFileSync(path, text)
    expect(readSettings(store)).toEqual({
      ok: false,
      fault: { kind: 'settings-invalid', path, detail: expect.stringMatching(detail) as string },
    })
    const aside = setSettingsAside(store, new Date('2026-11-21T08:09:10.011Z'))
    expect(aside).toBe(join(store, 'settings.broken-2026-11-21T08-09-10-011Z.json'))
    expect(readFileSync(aside, 'utf8')).toBe(text)
    expect(readSettings(store)).toEqual({ ok: true, value: DEFAULT_SETTINGS })
  })
})
