import type { MenuItemConstructorOptions } from 'electron'
import { COMMANDS, type Command, type CommandGroup, type CommandId } from '#contract/commands.ts'

/** The menu: every command of the contract in its group, and what the operating system expects beside them. */
export function applicationMenu(
  platform: NodeJS.Platform,
  choose: (command: CommandId) => void,
): readonly MenuItemConstructorOptions[] {
  const commandsOf = (wanted: CommandGroup): MenuItemConstructorOptions[] =>
    COMMANDS.filter(({ group }) => group === wanted).map(command => ({
      id: command.id,
      label: command.title,
      click: () => choose(command.id),
      ...keyOf(command, platform),
    }))
  const group = (
    label: CommandGroup,
    ...more: MenuItemConstructorOptions[]
  ): MenuItemConstructorOptions => ({
    label,
    submenu: [
      ...commandsOf(label),
      ...(more.length === 0 ? [] : [{ type: 'separator' as const }, ...more]),
    ],
  })
  const zoom: MenuItemConstructorOptions[] = [
    { role: 'zoomIn', label: 'Larger text' },
    { role: 'zoomOut', label: 'Smaller text' },
    { role: 'resetZoom', label: 'Normal text' },
    { role: 'togglefullscreen' },
  ]
  const mac = platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    group('File', mac ? { role: 'close' } : { role: 'quit' }),
    // Copy and paste work without it elsewhere; macOS takes them away from an application without this menu.
    ...(mac ? [{ role: 'editMenu' as const }] : []),
    group('View', ...zoom),
    group('Plate'),
    group('Field'),
    group('Review'),
    ...(mac ? [{ role: 'windowMenu' as const }] : []),
    group('Help'),
  ]
}

/**
 * Shows a command's key without taking it: the window hears its keys itself, and knows when somebody is writing. macOS
 * cannot show a key without taking it, so it has only those that mean nothing in a text.
 */
function keyOf(
  { key }: Command,
  platform: NodeJS.Platform,
): Pick<MenuItemConstructorOptions, 'accelerator' | 'registerAccelerator'> {
  if (key === null) return {}
  if (platform !== 'darwin') return { accelerator: accelerator(key), registerAccelerator: false }
  return key.startsWith('Mod+') ? { accelerator: accelerator(key) } : {}
}

/** A key of the contract as Electron writes it. */
export function accelerator(key: string): string {
  return key.replace('Mod+', 'CommandOrControl+').replace(/^\+$/, 'Plus')
}
