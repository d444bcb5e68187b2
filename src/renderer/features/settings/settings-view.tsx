import { type ReactNode } from 'react'
import { Theme } from '#contract/settings.ts'
import { faultText } from '#core/fault-text.ts'
import { useObservable } from '../../lib/observable.ts'
import { Check } from '../../ui/check.tsx'
import { FaultMessage, Loading, Notice } from '../../ui/message.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { SettingsStore } from './settings-store.ts'
import css from './settings-view.module.css'

interface SettingsViewProps {
  readonly store: SettingsStore
  /** Who signs while no operator is named. */
  readonly osUser: string
  /** The folders that are watched. */
  readonly folders: ReactNode
  /** Where results are, and versions. */
  readonly about: ReactNode
}

const THEMES = { system: 'As the system', dark: 'Dark', light: 'Light' } as const

export function SettingsView({ store, osUser, folders, about }: SettingsViewProps) {
  const state = useObservable(store)
  if (state.status === 'loading') return <Loading label="Reading the settings…" />
  if (state.status === 'failed') {
    const title = 'The settings could not be read.'
    return <FaultMessage title={title} fault={state.fault} onRetry={() => void store.read()} />
  }
  const { settings, unsaved } = state
  return (
    <div className={css['page']}>
      <h1 className="heard">Settings</h1>
      {unsaved === null ? null : <Notice tone="fault">{faultText(unsaved)}</Notice>}
      <Panel title="Person and window">
        <div className={css['rows']}>
          <TextField
            label="Operator, who signs decisions"
            value={settings.operator}
            placeholder={osUser}
            maxLength={80}
            onCommit={operator => void store.change({ operator })}
          />
          <div className={css['row']}>
            <span className={css['label']}>Theme</span>
            <Segmented
              label="Theme"
              value={settings.theme}
              options={Theme.options.map(value => ({ value, text: THEMES[value] }))}
              onChange={theme => void store.change({ theme })}
            />
          </div>
          <Check
            label="Tell me by the system when a plate begins to fail"
            checked={settings.notify}
            onChange={notify => void store.change({ notify })}
          />
          {settings.openAtLogin === null ? null : (
            <Check
              label="Start Parfocal when I log in"
              checked={settings.openAtLogin}
              onChange={openAtLogin => void store.change({ openAtLogin })}
            />
          )}
        </div>
      </Panel>
      {folders}
      <Panel title="This Parfocal">
        <div className={css['rows']}>{about}</div>
      </Panel>
    </div>
  )
}
