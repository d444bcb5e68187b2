import type { ParfocalApi } from '#contract/index.ts'
import type { Settings } from '#contract/settings.ts'
import { ok } from '#core/fault.ts'
import type { Workstation } from '../workstation.ts'
import type { DeskHost, Tell } from './desk.ts'
import type { SettingsDesk } from './settings-desk.ts'

/** Answers what the window asks about settings: those of the store, and the host's own. */
export function settingsAnswers(
  { audit }: Pick<Workstation, 'audit'>,
  desk: SettingsDesk,
  { loginItem }: Pick<DeskHost, 'loginItem'>,
  tell: Tell,
): Pick<ParfocalApi, 'settings.read' | 'settings.change'> {
  function current(): Settings {
    const { theme, operator, notify } = desk.now()
    return { theme, operator, notify, openAtLogin: loginItem?.isOn() ?? null }
  }

  return {
    'settings.read': async () => ok(current()),

    'settings.change': async ({ openAtLogin, ...changed }) => {
      const kept = desk.change(changed)
      if (!kept.ok) return kept
      if (typeof openAtLogin === 'boolean' && loginItem !== null) {
        const old = loginItem.isOn()
        loginItem.set(openAtLogin)
        const change = { old, new: openAtLogin }
        if (old !== openAtLogin) {
          audit({ action: 'change', entity: 'settings', entityId: 'openAtLogin', ...change })
        }
      }
      tell('settings.changed', current())
      return ok(current())
    },
  }
}
