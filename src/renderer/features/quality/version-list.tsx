import { useState } from 'react'
import type { RecipeVersion } from '#contract/quality.ts'
import type { Sha256 } from '#core/brand.ts'
import { recentText } from '../../lib/moment-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ReasonField } from './reason-field.tsx'
import css from './rules-panel.module.css'

interface VersionListProps {
  /** Newest first. */
  readonly versions: readonly RecipeVersion[]
  readonly busy: boolean
  readonly onUse: (hash: Sha256, reason: string) => void
}

/** Every version of the recipe that was ever kept, which is in use, and the way back to another. */
export function VersionList({ versions, busy, onUse }: VersionListProps) {
  const [chosen, setChosen] = useState<RecipeVersion | null>(null)
  return (
    <>
      <ul className={css['versions']}>
        {versions.map(version => (
          <li key={version.hash} className={css['version']}>
            <span>
              <code>{version.hash.slice(0, 8)}</code> {version.name}
              <span className={css['hint']}>
                {' '}
                {version.status}
                {version.keptAt === null
                  ? ', shipped with Parfocal'
                  : `, ${recentText(version.keptAt)}`}
              </span>
              {version.reason === null ? null : (
                <span className={css['why']}>{`“${version.reason}”`}</span>
              )}
            </span>
            {version.inUse ? (
              <strong className={css['inUse']}>in use</strong>
            ) : (
              <Button
                disabled={busy}
                label={`Use version ${version.hash.slice(0, 8)}`}
                onClick={() => setChosen(version)}
              >
                Use
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen === null ? null : (
        <UseDialog
          version={chosen}
          onClose={() => setChosen(null)}
          onUse={reason => {
            setChosen(null)
            onUse(chosen.hash, reason)
          }}
        />
      )}
    </>
  )
}

interface UseDialogProps {
  readonly version: RecipeVersion
  readonly onClose: () => void
  readonly onUse: (reason: string) => void
}

function UseDialog({ version, onClose, onUse }: UseDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={`Use version ${version.hash.slice(0, 8)}`}
      onClose={onClose}
      actions={
        <Button
          tone="primary"
          disabled={reason.trim() === ''}
          {...(reason.trim() === '' && { title: 'Say why first' })}
          onClick={() => onUse(reason.trim())}
        >
          Use and judge again
        </Button>
      }
    >
      <div className={css['save']}>
        <p>Plates that are being watched are judged again by this version. No version is lost.</p>
        <ReasonField value={reason} onChange={setReason} />
        {reason.trim() === '' ? <p className={css['hint']}>Say why first.</p> : null}
      </div>
    </Dialog>
  )
}
