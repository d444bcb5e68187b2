import { COMMANDS, type CommandGroup } from '#contract/commands.ts'
import { keyText } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import css from './keyboard-help.module.css'

const GROUPS: readonly CommandGroup[] = ['View', 'Plate', 'Field', 'Review', 'File', 'Help']

/** Every key there is, by where it works. */
export function KeyboardHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className={css['groups']}>
        {GROUPS.map(group => (
          <section key={group} aria-label={group}>
            <h3 className={css['group']}>{group}</h3>
            <dl>
              {COMMANDS.filter(command => command.group === group && command.key !== null).map(
                ({ id, title, key }) => (
                  <div key={id} className={css['line']}>
                    <dt>{title}</dt>
                    <dd>
                      <kbd className={css['key']}>{keyText(key!)}</kbd>
                    </dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
        <section aria-label="On plates and images">
          <h3 className={css['group']}>On plates and images</h3>
          <dl>
            <Line title="Move to a well, pan an image" keys="Arrows" />
            <Line title="Open a well" keys="Enter" />
            <Line title="Select" keys="Space, Shift Arrows" />
          </dl>
        </section>
      </div>
    </Dialog>
  )
}

function Line({ title, keys }: { readonly title: string; readonly keys: string }) {
  return (
    <div className={css['line']}>
      <dt>{title}</dt>
      <dd>
        <kbd className={css['key']}>{keys}</kbd>
      </dd>
    </div>
  )
}
