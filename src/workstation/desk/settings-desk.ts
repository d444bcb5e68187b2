import type { FaultOf, Result } from '#core/fault.ts'
import type { Json } from '#core/canonical.ts'
import { ok } from '#core/fault.ts'
import { transaction } from '../store/db.ts'
import type { Workstation } from '../workstation.ts'
import { attemptWrite } from './attempt-write.ts'
import { writeSettings, type StoreSettings } from './settings-file.ts'

/** What is undefined stays. */
export type SettingsChange = {
  readonly [Name in keyof StoreSettings]?: StoreSettings[Name] | undefined
}

/** The settings in force; what changes is in the file and in the audit trail, or in neither. */
export interface SettingsDesk {
  now(): StoreSettings
  change(
    changed: SettingsChange,
  ): Result<StoreSettings, FaultOf<'disk-full' | 'store-not-writable'>>
}

export function keepSettings(
  { store, audit }: Pick<Workstation, 'store' | 'audit'>,
  settings: StoreSettings,
): SettingsDesk {
  let current = settings

  return {
    now: () => current,

    change(changed) {
      const names = (Object.keys(changed) as (keyof StoreSettings)[]).filter(
        name =>
          changed[name] !== undefined &&
          JSON.stringify(changed[name]) !== JSON.stringify(current[name]),
      )
      if (names.length === 0) return ok(current)
      const entries = names.map(name => [name, changed[name]])
      const next = { ...current, ...(Object.fromEntries(entries) as Partial<StoreSettings>) }
      const pick = (from: StoreSettings): Json =>
        Object.fromEntries(names.map(name => [name, from[name] as Json]))
      return attemptWrite(store.folder, () => {
        transaction(store.db, () => {
          const change = { old: pick(current), new: pick(next) }
          audit({ action: 'change', entity: 'settings', entityId: names.join(), ...change })
          writeSettings(store.folder, next)
        })
        current = next
        return next
      })
    },
  }
}
