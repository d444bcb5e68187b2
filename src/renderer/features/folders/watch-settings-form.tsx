import type { WatchSettings } from '#contract/folders.ts'
import { Select } from '../../ui/select.tsx'
import { LiveTextField, NumberField } from '../../ui/text-field.tsx'
import css from './folder-dialog.module.css'

interface WatchSettingsFormProps {
  readonly settings: WatchSettings
  /** Whether it is seen without being asked for. */
  readonly open?: boolean
  readonly onChange: (settings: WatchSettings) => void
}

const ACCESS = [
  { value: 'auto', text: 'Whatever suits its disk' },
  { value: 'events', text: 'By what the system reports' },
  { value: 'polling', text: 'By looking again and again' },
] as const

/** Whether files can be left alone for so long, s. */
export function isQuiet(seconds: number | null): boolean {
  return seconds === null || (seconds >= 0.5 && seconds <= 3600)
}

/** What hardly a folder needs: how to tell that its files are finished. */
export function WatchSettingsForm({ settings, open = false, onChange }: WatchSettingsFormProps) {
  const { quietSeconds, access, doneMarker } = settings
  return (
    <details className={css['more']} open={open}>
      <summary>More</summary>
      <div className={css['settings']}>
        <NumberField
          label="Seconds that a file must stay unchanged"
          value={quietSeconds}
          stacked
          onCommit={seconds => onChange({ ...settings, quietSeconds: seconds })}
        />
        <p className={isQuiet(quietSeconds) ? css['quiet'] : css['fault']}>
          From 0.5 to 3600; empty for what suits its disk.
        </p>
        <Select
          label="How new files are noticed"
          value={access}
          options={ACCESS}
          stacked
          onChange={value => onChange({ ...settings, access: value })}
        />
        <LiveTextField
          label="File that says that images are whole"
          value={doneMarker ?? ''}
          placeholder="none"
          maxLength={255}
          onType={text => onChange({ ...settings, doneMarker: text.trim() === '' ? null : text })}
        />
        <p className={css['quiet']}>
          {'One * stands for what the names share: *.done beside B03_w1.tif is B03_w1.done.'}
        </p>
      </div>
    </details>
  )
}
